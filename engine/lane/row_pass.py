"""A row of the data through the textbook's network at given weights, and its gradients on the way back."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy import ndarray as Array

from engine.diy.network import Params, evaluate
from engine.protocol import LayerPass, RowPass
from engine.spec import ExperimentSpec, function_asked, inputs_of, shapes_of

from .diy_lane import layers_of
from .functions import loss_of
from .lane import NONE
from .passes import passes_back, passes_in_order


class RowPasses:
    """Send rows through the network of an experiment, test rows too. It remembers nothing: all is handed in."""

    def __init__(self, spec: ExperimentSpec):
        assert spec.network is not None
        assert spec.data is not None
        data = spec.data
        self._x, self._y = inputs_of(spec), data.y.as_type("int64" if data.has_classes else spec.dtype)
        self._layers, self._loss = layers_of(spec), loss_of(function_asked(spec.network.loss))
        self._names = tuple(shapes_of(spec))

    @property
    def x(self) -> Array:
        """Return the inputs of all rows, each in its shape."""
        return self._x

    def passed(self, weights: Sequence[Array], row: int, buffers: Params = NONE) -> RowPass:
        """Return the way of one row, evaluated; loss and gradients are of that row alone.

        Raises IndexError without such a row.
        """
        if not 0 <= row < len(self._x):
            raise IndexError(f"there is no row {row}")
        params = {**self._params(weights), **buffers}
        x, y = self._x[row : row + 1], self._y[row : row + 1]
        with np.errstate(all="ignore"):
            a, caches = evaluate(self._layers, params, x)
            dL_da = self._loss.df(a, y)
            grads: dict[str, Array] = {}
            layers: list[LayerPass] = []
            for passed in passes_back(self._layers, params, caches, dL_da):
                made = passed.z, passed.a, passed.dL_da, passed.dL_dz
                layers.insert(0, LayerPass(*(value[0].ravel() for value in made)))
                grads = {**passed.grads, **grads}
            return RowPass(row, x[0].ravel(), y[0], tuple(layers), float(self._loss.f(a, y)), grads)

    def outputs(self, weights: Sequence[Array], x: Array, buffers: Params = NONE) -> list[Array]:
        """Return what each layer makes of inputs ``x``, each ``(rows, units)``, in the order in which they run."""
        with np.errstate(all="ignore"):
            _, caches = evaluate(self._layers, {**self._params(weights), **buffers}, x)
        return [a.reshape(len(x), -1) for _, (_, _, a) in passes_in_order(self._layers, caches)]

    def _params(self, weights: Sequence[Array]) -> Mapping[str, Array]:
        return dict(zip(self._names, weights, strict=True))
