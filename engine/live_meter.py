"""Compares the lanes of a pair whose tensors are too large to be laid end to end: where they are, after each step.

DIY's arrays are new ones at each step, and torch's are seen in its own memory until it takes the next. Of a large
tensor a sixteenth is compared at each step, another one at the next: in sixteen steps each number is looked at, and
what has come apart stays so. Whether all are finite is known at each step, and a distance that is asked for is of all.
"""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray as Array

from engine.layout import Layout, group_of
from engine.meter import Value, is_outside
from engine.parity import TOLERANCES, distance, settle, ulps_apart
from engine.protocol import Distance

PARTS = 16  # of a large tensor, one a step
LARGE = 1 << 12  # numbers
MAGNITUDES_EVERY = 64  # steps: they change slowly, and cost a look at every number


class LiveRecord:
    """One lane's tensors after the newest step, by reference."""

    def __init__(self, layout: Layout, dtype: str):
        self.layout, self._dtype = layout, dtype
        self._nothing = [np.zeros(shape, dtype) for shape in layout.shapes.values()]
        self.values: list[Array] = self._nothing
        self.there: list[bool] = []
        self._before = [np.zeros(shape, dtype) for shape in layout.weights.values()]

    def begin(self, weights: Sequence[Array]) -> None:
        """A copy: torch changes its own in place."""
        for kept, weight in zip(self._before, weights, strict=True):
            np.copyto(kept, weight)

    def newest_update(self, weight: str, _: int) -> tuple[Array, Array, Array]:
        now = dict(zip(self.layout.shapes, self.values, strict=True))
        return self._before[list(self.layout.weights).index(weight)], now[weight], now[f"{weight}.grad"]

    def put(self, _: int, values: Sequence[Value]) -> None:
        self.there = [value is not None for value in values]
        self.values = [
            blank if value is None else np.asarray(value) for value, blank in zip(values, self._nothing, strict=True)
        ]

    def rows(self, group: str, _: int) -> Array:
        return self.end_to_end(group)[None]

    def end_to_end(self, group: str) -> Array:
        """All numbers of a group of tensors."""
        parts = [value for name, value in zip(self.layout.shapes, self.values, strict=True) if group_of(name) == group]
        return np.concatenate(parts, axis=None, dtype=self._dtype) if parts else np.empty(0, self._dtype)

    def first_broken(self, _: int) -> int | None:
        return None if self.is_finite() else 0

    def is_finite(self) -> bool:
        """Whether all numbers are. A sum of squares tells, unless it overflows: then each is looked at."""
        there = [value for value, is_there in zip(self.values, self.there, strict=True) if is_there]
        with np.errstate(all="ignore"):
            squares = [np.vdot(value, value) for value in there]
        return all(
            np.isfinite(square) or np.isfinite(value).all() for square, value in zip(squares, there, strict=True)
        )


class LiveMeter:
    rows = 1

    def __init__(self, layout: Layout, dtype: str):
        self._layout, self._dtype = layout, dtype
        self.diy, self.torch = LiveRecord(layout, dtype), LiveRecord(layout, dtype)
        self._buffer = np.empty(max(int(np.prod(shape)) for shape in layout.shapes.values()), dtype)
        self._distances = np.zeros((1, len(layout.shapes)))
        self._magnitudes: Array | None = None
        self._step = 0  # that was compared
        self.all_finite = True
        self._rtol, self._atol = TOLERANCES[dtype]
        self.worst = np.zeros(len(layout.group_starts))

    def compare(self, done: int, count: int) -> None:
        self._step = done + count
        self.all_finite = self.diy.is_finite() and self.torch.is_finite()
        pairs = zip(self.diy.values, self.torch.values, self.diy.there, self.torch.there, strict=True)
        self._distances = np.array([[self._largest(*each) for each in pairs]])

    def _largest(self, diy: Array, torch: Array, one_there: bool, other_there: bool) -> float:
        if one_there != other_there:
            self.all_finite = False
            return np.inf
        delta = self._delta(self._part(diy), self._part(torch))
        return max(float(delta.max()), -float(delta.min())) if self.all_finite else float(delta.max())

    def _part(self, values: Array) -> Array:
        """Take the part of a large tensor that is looked at in this step, end to end; all of one that is not large."""
        flat = values.reshape(-1)
        if flat.size < LARGE:
            return flat
        width = -(-flat.size // PARTS)
        begin = (self._step % PARTS) * width
        return flat[begin : begin + width]

    def _delta(self, diy: Array, torch: Array) -> Array:
        """The differences; where not all numbers are finite, how far apart, and infinite where one side alone is."""
        part = self._buffer[: diy.size]
        with np.errstate(all="ignore"):
            np.subtract(diy, torch, out=part, casting="same_kind")
        if not self.all_finite:
            np.abs(part, out=part)
            settle(part, diy, torch)
        return part

    def remember(self) -> None:
        largest = np.maximum.reduceat(self._distances[0], self._layout.group_places)
        np.maximum(self.worst, largest, out=self.worst)

    @property
    def distances(self) -> Array:
        return self._distances

    @property
    def magnitudes(self) -> Array:
        if self._magnitudes is None or self._step % MAGNITUDES_EVERY == 0:
            largest = np.array([max(float(value.max()), -float(value.min())) for value in self.torch.values])
            self._magnitudes = np.where(np.isfinite(largest), largest, 0)
        return self._magnitudes

    def largest_ulps(self) -> Array:
        pairs = zip(self.diy.values, self.torch.values, strict=True)
        apart = (float(ulps_apart(*self._alike(diy, torch)).max()) for diy, torch in pairs)
        return np.array([max(apart)])

    def _alike(self, diy: Array, torch: Array) -> tuple[Array, Array]:
        return diy.astype(self._dtype, copy=False), torch.astype(self._dtype, copy=False)

    def first_outside(self) -> int | None:
        pairs = zip(self.diy.values, self.torch.values, self._distances[0], strict=True)
        beyond = (self._is_outside(diy, torch) for diy, torch, apart in pairs if apart > self._atol)
        return 0 if any(beyond) else None

    def _is_outside(self, diy: Array, torch: Array) -> bool:
        one, other = self._part(diy), self._part(torch)
        delta = np.abs(self._delta(one, other))
        return bool(np.isinf(delta).any() or is_outside(delta, other, self._rtol, self._atol).any())

    def group(self, group: str) -> Distance | None:
        names = [place for place, name in enumerate(self._layout.shapes) if group_of(name) == group]
        found = [self._apart(place) for place in names]
        if not found:
            return None
        farthest = max(found, key=lambda one: one.max_abs)
        return farthest._replace(max_rel=max(one.max_rel for one in found), max_ulps=max(one.max_ulps for one in found))

    def _apart(self, place: int) -> Distance:
        name = list(self._layout.shapes)[place]
        if self.diy.there[place] != self.torch.there[place]:
            return Distance(np.inf, np.inf, np.inf, name, (0,) * len(self._layout.shapes[name]), np.inf)
        return distance(*self._alike(self.diy.values[place], self.torch.values[place]), name)

    def newest(self, group: str) -> tuple[Array, Array]:
        return self.diy.end_to_end(group), self.torch.end_to_end(group)
