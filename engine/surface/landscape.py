"""The loss at many points of a plane at once: the textbook's arithmetic, arranged for speed.

What is different from ``engine.diy.network``, and only here:
- a chunk of points goes through a layer together, and is as large as the processor's cache;
- units come before rows, so that a layer is one product ``[W | b] @ [a; 1]`` for each point, with its bias;
- layers that the plane does not touch are computed once.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy import ndarray as Array

from engine.diy.network import evaluate
from engine.diy.problems import problem_of
from engine.lane import functions
from engine.lane.diy_lane import layers_of
from engine.lane.lane import NONE
from engine.spec import (
    ExperimentSpec,
    FunctionAsked,
    LinearSpec,
    ShapedLayer,
    arrays_of,
    function_asked,
    is_stackable,
    layers_in,
    shapes_of,
    unit_counts,
)

from .in_place import activate, loss_of
from .plane import PlacedPlane

CACHE = (
    1 << 22
)  # bytes of what a chunk of points needs at a time; of fewer points, calls would cost more than arithmetic
SERIAL_PRODUCT = 1 << 18  # multiplications of a matrix product that OpenBLAS keeps to one thread
FEWEST_ROWS = 32  # a product of fewer rows at a time is not worth its call
ORIGIN = np.array([[1.0, 0.0, 0.0]])


class Landscape(Protocol):
    """Compute losses at many points of a plane.

    ``points``: how many a chunk may have. ``blocks``: parts of the data's rows; a loss is the sum over them.
    ``in_threads``: whether chunks may be computed side by side, each with a scratchpad of its own.
    """

    @property
    def points(self) -> int: ...

    @property
    def blocks(self) -> Sequence[slice]: ...

    @property
    def in_threads(self) -> bool: ...

    def scratchpad(self) -> "Scratchpad": ...

    def losses(self, places: Array, block: slice, pad: "Scratchpad") -> Array:
        """Return what the rows of ``block`` add to the losses (K,) at places (K, 3), which are 1, x and y."""
        ...


class Scratchpad(NamedTuple):
    """Hold memory for a chunk's intermediate values, of one thread: z and a of each layer, both (points, units, rows).

    The layers share it. Below the units of each a is a row of ones, which the next layer's biases are multiplied by.
    """

    z: Sequence[Array]
    a: Sequence[Array]


class Stage(NamedTuple):
    """Locate a layer's ``[W | b]`` among all weights of the plane; its shape is (out, in + 1), without bias (out,
    in).
    """

    activation: FunctionAsked
    part: slice
    shape: tuple[int, int]

    def weights(self, weights: Array) -> Array:
        """Return the layer's own (K, out, in + 1) of all weights (K, n).

        A single row is there twice: OpenBLAS lets threads wait for each other in products of a matrix and a vector.
        """
        own = weights[:, self.part].reshape(-1, *self.shape)
        return own.repeat(2, axis=1) if self.shape[0] == 1 else own


def landscape_of(spec: ExperimentSpec, placed: PlacedPlane, buffers: Mapping[str, Array] = NONE) -> Landscape:
    """Return the landscape of the experiment's network, which is evaluated by ``buffers``, or of its test function."""
    if spec.network is None:
        return ProblemLandscape(spec, placed)
    is_dense = all(isinstance(layer, LinearSpec) for layer in spec.network.layers)
    of_rows = any(functions.is_of_rows(layer.activation) for layer in layers_in(spec))  # units do not come first there
    return NetworkLandscape(spec, placed) if is_dense and not of_rows else TextbookLandscape(spec, placed, buffers)


class ProblemLandscape:
    """Compute the losses of a test function: a few operations a point."""

    points, blocks, in_threads = 4096, (slice(None),), False

    def __init__(self, spec: ExperimentSpec, placed: PlacedPlane):
        assert spec.problem is not None
        self._f = problem_of(spec.problem.function, spec.problem.condition).f
        self._placed, self._dtype = placed, spec.dtype

    def scratchpad(self) -> Scratchpad:
        """Return no memory: nothing is kept between layers here."""
        return Scratchpad((), ())

    def losses(self, places: Array, block: slice, pad: Scratchpad) -> Array:  # noqa: ARG002
        _, x, y = places.T
        return self._f(self._placed.at(x, y)[:, None].astype(self._dtype))


class TextbookLandscape:
    """Evaluate a network of any layers, by the textbook's own forward pass: of many networks at once, if it can."""

    blocks, in_threads = (slice(None),), False

    def __init__(self, spec: ExperimentSpec, placed: PlacedPlane, buffers: Mapping[str, Array] = NONE):
        assert spec.network is not None
        assert spec.data is not None
        self._placed, self._dtype, self._buffers = placed, np.dtype(spec.dtype), dict(buffers)
        self._shapes, self._layers = shapes_of(spec), layers_of(spec)
        self._f = functions.loss_of(function_asked(spec.network.loss)).f
        self._x, self._y = arrays_of(spec)
        self._together = is_stackable(spec)
        self.points = max(CACHE // (2 * len(self._x) * max(unit_counts(spec)) * self._dtype.itemsize), 1)

    def scratchpad(self) -> Scratchpad:
        """Return no memory: nothing is kept between layers here."""
        return Scratchpad((), ())

    def losses(self, places: Array, block: slice, pad: Scratchpad) -> Array:  # noqa: ARG002
        _, x, y = places.T
        weights = self._placed.at(x, y).astype(self._dtype)
        parts = np.split(weights, np.cumsum([math.prod(shape) for shape in self._shapes.values()])[:-1], axis=1)
        if not self._together:
            return np.array([self._loss(own) for own in zip(*parts, strict=True)])
        params = {name: _stacked(part, shape) for (name, shape), part in zip(self._shapes.items(), parts, strict=True)}
        params |= self._buffers
        a, _ = evaluate(self._layers, params, np.broadcast_to(self._x, (len(places), *self._x.shape)))
        return self._f(a, self._y)

    def _loss(self, parts: Sequence[Array]) -> float:
        """Return the loss of one network, by the numbers of each of its weights."""
        shaped = zip(self._shapes.items(), parts, strict=True)
        params = {name: part.reshape(shape) for (name, shape), part in shaped} | self._buffers
        a, _ = evaluate(self._layers, params, self._x)
        return float(self._f(a, self._y))


def _stacked(weights: Array, shape: tuple[int, ...]) -> Array:
    """Return one weight of each network, as the textbook takes them: vectors with an axis of rows."""
    return weights.reshape(len(weights), *(shape if len(shape) > 1 else (1, *shape)))


class NetworkLandscape:
    """Compute the losses of a network of dense layers over all rows of its data, in the experiment's precision."""

    def __init__(self, spec: ExperimentSpec, placed: PlacedPlane):
        assert spec.network is not None
        assert spec.data is not None
        self._dtype = np.dtype(spec.dtype)
        self._loss = loss_of(function_asked(spec.network.loss))
        self._shared = functions.sharing(function_asked(spec.network.loss))
        x, self._y = arrays_of(spec)
        stages, order = stages_of(layers_in(spec))
        self._plane = np.stack((placed.origin, placed.first, placed.second))[:, order]
        varies = [bool(self._plane[1:, stage.part].any()) for stage in stages]
        first = varies.index(True) if any(varies) else len(stages) - 1
        self._stages = stages[first:]
        self._inputs = self._below(stages[:first], with_ones(x.T))
        self._cut_up(len(x))

    def _below(self, stages: Sequence[Stage], a: Array) -> Array:
        """Return what comes out of the layers that the plane does not touch, (units + 1, rows)."""
        weights = (ORIGIN @ self._plane).astype(self._dtype)
        for stage in stages:
            out, inputs = stage.shape
            (W,) = stage.weights(weights)
            z = W[:out] @ a[:inputs]
            a = with_ones(functions.activation_of(stage.activation).f(z))
        return a

    def _cut_up(self, rows: int) -> None:
        """Decide how many points and rows go through the layers together."""
        of_a_row = 2 * max(out for _, _, (out, _) in self._stages) * self._dtype.itemsize
        product = max(out * inputs for _, _, (out, inputs) in self._stages)
        at_once = min(rows, CACHE // of_a_row, max(SERIAL_PRODUCT // product, FEWEST_ROWS))
        self._rows = rows if self._shared == "whole" else max(at_once, 1)
        self.points = max(CACHE // (of_a_row * self._rows), 1)
        self.blocks = [slice(begin, min(begin + self._rows, rows)) for begin in range(0, rows, self._rows)]
        self.in_threads = self._rows * product <= SERIAL_PRODUCT  # else the products have threads themselves

    def scratchpad(self) -> Scratchpad:
        units = [stage.shape[0] for stage in self._stages]
        z = np.empty(self.points * max(*units, 2) * self._rows, self._dtype)
        a = {out: np.empty((self.points, out + 1, self._rows), self._dtype) for out in units[:-1]}
        for memory in a.values():
            memory[:, -1] = 1
        shapes = [(self.points, max(out, 2), self._rows) for out in units]
        return Scratchpad([z[: math.prod(shape)].reshape(shape) for shape in shapes], [a[out] for out in units[:-1]])

    def losses(self, places: Array, block: slice, pad: Scratchpad) -> Array:
        weights = (places @ self._plane).astype(self._dtype)
        a = self._inputs[:, block]
        count, rows = len(places), a.shape[-1]
        for stage, z, below in zip(self._stages, pad.z, (*pad.a, None), strict=True):
            out, inputs = stage.shape
            z = np.matmul(stage.weights(weights), a[..., :inputs, :], out=z[:count, :, :rows])[:, :out]
            if below is None:
                a = functions.activation_of(stage.activation).f(z)
            else:
                a = below[:count, :, :rows]
                activate(stage.activation, z, a[:, :-1])
        return self._loss(a.mT, self._y[block]) * (1 if self._shared == "sum" else rows / len(self._y))


def stages_of(layers: Iterable[ShapedLayer]) -> tuple[list[Stage], Array]:
    """Return all layers, and which of the weights laid end to end come one after the other in their ``[W | b]``."""
    stages: list[Stage] = []
    orders: list[Array] = []
    begin = 0
    for layer in layers:
        out, inputs = layer.weights["weight"]
        end = begin + out * (inputs + layer.hyper.bias)
        order = np.arange(begin, begin + out * inputs).reshape(out, inputs)
        if layer.hyper.bias:
            order = np.column_stack((order, np.arange(end - out, end)))
        stages.append(Stage(layer.activation, slice(begin, end), (out, order.shape[1])))
        orders.append(order.ravel())
        begin = end
    return stages, np.concatenate(orders)


def with_ones(a: Array) -> Array:
    """Return (units, rows) with a row below of the ones that biases are multiplied by."""
    return np.concatenate((np.ascontiguousarray(a), np.ones((1, a.shape[1]), a.dtype)))
