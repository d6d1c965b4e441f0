"""What a diagnosis goes by: an entry's losses so far, and both passes of the weights that it stands at."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.diy.network import Grads, Layer, forward
from engine.lane.diy_lane import layers_of
from engine.lane.functions import loss_of
from engine.lane.passes import passes_back
from engine.layer_names import layer_number
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, arrays_of, function_asked, layers_in, name_and_params, parts_of, shapes_of

MOST_ROWS = 1024  # that tell of all: which units are dead shows in so many


class LayerPass(NamedTuple):
    """Hold what a layer made of the rows, (rows, units) each, and the loss's gradient by it.

    ``da_dz`` is None where each output depends on its whole row.
    """

    layer: Layer
    number: int | str  # from 1, of one inside a residual ``5.1``
    activation: str
    z: Array
    a: Array
    da_dz: Array | None
    dL_dz: Array


class Passes(NamedTuple):
    """Hold a network's pass over some rows, forwards and back, in the order of its layers; none of a test function."""

    loss: float
    x: Array
    y: Array
    layers: tuple[LayerPass, ...] = ()
    grads: Grads = {}  # noqa: RUF012  # never changed

    @property
    def is_finite(self) -> bool:
        made = (value for one in self.layers for value in (one.z, one.a, one.dL_dz))
        return bool(np.isfinite(self.loss)) and all(np.isfinite(value).all() for value in made)


class Evidence(NamedTuple):
    """Hold what is known of an optimizer entry after step ``step``.

    ``losses`` are those of its batches, one a step. ``passes`` are of the weights stood at; of a test function, and of
    own code, they are no more than a loss.
    ``is_changed``: hyperparameters were changed on the way.
    """

    spec: ExperimentSpec
    entry: int
    backend: str
    step: int
    start: Sequence[Array]
    losses: Array
    passes: Passes
    is_changed: bool = False

    @property
    def targets(self) -> Array:
        """Return the targets of all training rows; ``passes`` may be of fewer."""
        assert self.spec.data is not None
        return self.spec.data.arrays(self.spec.dtype)[1]

    @property
    def is_repeatable(self) -> bool:
        """Return whether the steps can be taken again from the start: none of it is own code, or changed by hand."""
        is_own = self.spec.optimizers[self.entry].code is not None or bool(parts_of(self.spec))
        return not is_own and not self.is_changed

    @property
    def is_finite(self) -> bool:
        return self.passes.is_finite and bool(np.isfinite(self.losses).all())


def evidence_of(run: Lockstep, entry: int) -> Evidence:
    """Look at an entry's lane, DIY's where there is one, at the step stood at."""
    place = min(
        (place for place, one in enumerate(run.lanes) if one.entry == entry),
        key=lambda place: run.lanes[place].backend != "diy",
    )
    one, losses = run.lanes[place], np.array(run.series[place].values[: run.step])
    weights = [weight.copy() for weight in one.lane.weights()]  # torch changes its own in place
    with np.errstate(all="ignore"):
        if run.spec.network is None or parts_of(run.spec):  # of a person's own parts the textbook knows nothing
            passes = Passes(_loss_of(run, place, losses), *_nothing())
        else:
            passes = passes_of(run.spec, weights)
    return Evidence(run.spec.without_logs(), entry, one.backend, run.step, run.start, losses, passes, _is_changed(run))


def _is_changed(run: Lockstep) -> bool:
    return any(change.step for change in run.changes)


def _loss_of(run: Lockstep, place: int, losses: Array) -> float:
    """Return the loss at the weights stood at, or, of own code, the newest batch's: it is not called again."""
    return run.training_losses()[place] if run.spec.network is None or not run.step else float(losses[-1])


def _nothing() -> tuple[Array, Array]:
    return np.empty((0, 0)), np.empty((0, 0))


def passes_of(spec: ExperimentSpec, weights: Sequence[Array]) -> Passes:
    """Take the first rows of the data forwards and back through the textbook's network."""
    assert spec.network is not None
    assert spec.data is not None
    x, y = (values[:MOST_ROWS] for values in arrays_of(spec))
    layers, params = layers_of(spec), dict(zip(shapes_of(spec), weights, strict=True))
    a, caches = forward(layers, params, x)
    loss = loss_of(function_asked(spec.network.loss))
    activations = {layer.name: name_and_params(layer.activation)[0] for layer in layers_in(spec)}
    grads: Grads = {}
    found: list[LayerPass] = []
    for passed in passes_back(layers, params, caches, loss.df(a, y), wants_dL_dx=True):
        f, name = passed.layer.activation, passed.layer.name
        da_dz = f.df(passed.z, passed.a) if f.back is None else None
        number = layer_number(name)
        found.append(LayerPass(passed.layer, number, activations[name], passed.z, passed.a, da_dz, passed.dL_dz))
        grads |= passed.grads
    return Passes(float(loss.f(a, y)), x, y, tuple(reversed(found)), grads)
