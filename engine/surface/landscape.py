"""The loss at many points of a plane at once: the textbook's arithmetic, arranged for speed.

What is different from ``engine.diy.network``, and only here:
- a chunk of points goes through a layer together, and is as large as the processor's cache;
- units come before rows, so that a layer is one product ``[W | b] @ [a; 1]`` for each point, with its bias;
- layers that the plane does not touch are worked out once.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy import ndarray as Array
from numpy.typing import DTypeLike

from engine.diy.activations import ACTIVATIONS
from engine.diy.losses import LOSSES
from engine.diy.problems import problem_of
from engine.spec import ExperimentSpec, LayerSpec, shapes_of

from .activate import activate
from .placed import Placed

CACHE = 1 << 21  # bytes: of what a chunk of points needs at a time
SERIAL_PRODUCT = 1 << 18  # multiplications of a matrix product that OpenBLAS keeps to one thread
FEWEST_ROWS = 32  # a product of fewer rows at a time is not worth its call
ORIGIN = np.array([[1.0, 0.0, 0.0]])


class Landscape(Protocol):
    """``points``: how many a chunk may have. ``blocks``: parts of the data's rows; a loss is the sum over them.

    ``in_threads``: whether chunks may be worked out side by side, each with a scratchpad of its own.
    """

    @property
    def points(self) -> int: ...

    @property
    def blocks(self) -> Sequence[slice]: ...

    @property
    def in_threads(self) -> bool: ...

    def scratchpad(self) -> "Scratchpad": ...

    def losses(self, x: Array, y: Array, block: slice, pad: "Scratchpad") -> Array:
        """What the rows of ``block`` add to the losses at places x, y (K,), of shape (K,)."""
        ...


class Scratchpad(NamedTuple):
    """Memory for a chunk's intermediate values, of one thread."""

    z: Array
    a: Array


class Stage(NamedTuple):
    """A layer. ``plane`` (3, size): origin and both directions of its ``[W | b]``; ``shape``: (out, in + 1 or in)."""

    activation: str
    plane: Array
    shape: tuple[int, int]

    @property
    def varies(self) -> bool:
        return bool(self.plane[1:].any())

    def weights(self, places: Array, dtype: DTypeLike) -> Array:
        """At places (K, 3), which are 1, x and y: (K, out, in + 1)."""
        return (places @ self.plane).astype(dtype).reshape(-1, *self.shape)


def landscape_of(spec: ExperimentSpec, placed: Placed) -> Landscape:
    return NetworkLandscape(spec, placed) if spec.problem is None else ProblemLandscape(spec, placed)


class ProblemLandscape:
    """A test function: a few operations a point."""

    points, blocks, in_threads = 4096, (slice(None),), False

    def __init__(self, spec: ExperimentSpec, placed: Placed):
        assert spec.problem is not None
        self._f = problem_of(spec.problem.function, spec.problem.condition).f
        self._placed, self._dtype = placed, spec.dtype

    def scratchpad(self) -> Scratchpad:
        return Scratchpad(np.empty(0), np.empty(0))

    def losses(self, x: Array, y: Array, block: slice, pad: Scratchpad) -> Array:  # noqa: ARG002
        return self._f(self._placed.at(x, y)[:, None].astype(self._dtype))


class NetworkLandscape:
    def __init__(self, spec: ExperimentSpec, placed: Placed):
        assert spec.network is not None
        assert spec.data is not None
        self._dtype = np.dtype(spec.dtype)
        self._loss = LOSSES[spec.network.loss].f
        self._y = np.array(spec.data.y, np.int64 if spec.data.has_classes else self._dtype)
        stages = stages_of(spec.network.layers, shapes_of(spec), placed)
        first = min((number for number, stage in enumerate(stages) if stage.varies), default=len(stages) - 1)
        self._stages = stages[first:]
        self._inputs = self._below(stages[:first], with_ones(np.array(spec.data.x, self._dtype).T))
        self._cut_up(len(spec.data.x))

    def _below(self, stages: Sequence[Stage], a: Array) -> Array:
        """What comes out of the layers that the plane does not touch."""
        for stage in stages:
            (W,) = stage.weights(ORIGIN, self._dtype)
            a = with_ones(ACTIVATIONS[stage.activation].f(W @ a[: W.shape[-1]]))
        return a

    def _cut_up(self, rows: int) -> None:
        """How many points and rows go through the layers together."""
        self._units = max(stage.shape[0] for stage in self._stages) + 1
        of_a_row = 2 * self._units * self._dtype.itemsize
        product = max(out * inputs for _, _, (out, inputs) in self._stages)
        self._rows = max(min(rows, CACHE // of_a_row, max(SERIAL_PRODUCT // product, FEWEST_ROWS)), 1)
        self.points = max(CACHE // (of_a_row * self._rows), 1)
        self.blocks = [slice(begin, min(begin + self._rows, rows)) for begin in range(0, rows, self._rows)]
        self.in_threads = self._rows * product <= SERIAL_PRODUCT  # else the products have threads themselves

    def scratchpad(self) -> Scratchpad:
        size = self.points * self._units * self._rows
        return Scratchpad(np.empty(size, self._dtype), np.empty(size, self._dtype))

    def losses(self, x: Array, y: Array, block: slice, pad: Scratchpad) -> Array:
        places = np.stack((np.ones_like(x), x, y), axis=1)
        a = self._inputs[:, block]
        count, rows = len(x), a.shape[-1]
        *hidden, last = self._stages
        for stage in hidden:
            out = stage.shape[0]
            z = self._affine(stage, places, a, view(pad.z, count, out, rows))
            a = view(pad.a, count, out + 1, rows)
            activate(stage.activation, z, a[:, :out])
            a[:, out] = 1
        z = self._affine(last, places, a, view(pad.z, count, last.shape[0], rows))
        a = ACTIVATIONS[last.activation].f(z)
        return self._loss(a.mT, self._y[block]) * (rows / len(self._y))

    def _affine(self, stage: Stage, places: Array, a: Array, z: Array) -> Array:
        W = stage.weights(places, self._dtype)
        return np.matmul(W, a[..., : W.shape[-1], :], out=z)


def stages_of(layers: Iterable[LayerSpec], shapes: Mapping[str, tuple[int, ...]], placed: Placed) -> list[Stage]:
    plane = np.stack((placed.origin, placed.first, placed.second))
    stages: list[Stage] = []
    begin = 0
    for number, layer in enumerate(layers, start=1):
        out, inputs = shapes[f"layer{number}.weight"]
        order = begin + np.arange(out * inputs).reshape(out, inputs)
        begin += out * inputs
        if layer.bias:
            order = np.column_stack((order, begin + np.arange(out)))
            begin += out
        stages.append(Stage(layer.activation, plane[:, order.ravel()], (out, order.shape[1])))
    return stages


def with_ones(a: Array) -> Array:
    """Units × rows, and below them the 1 that a bias is multiplied by."""
    return np.concatenate((np.ascontiguousarray(a), np.ones((1, a.shape[1]), a.dtype)))


def view(memory: Array, *shape: int) -> Array:
    return memory[: np.prod(shape)].reshape(shape)
