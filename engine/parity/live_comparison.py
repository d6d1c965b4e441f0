"""Compares the lanes of a pair whose tensors are too large to be laid end to end: where they are, after each step.

DIY's arrays are new ones at each step, and torch's are seen in its own memory until it takes the next. Of a large
tensor a sixteenth is compared at each step, another one at the next: in sixteen steps each number is looked at, and
what has come apart stays so. Whether all are finite is known at each step, and a distance that is asked for is of all.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy import ndarray as Array

from engine.lane.layout import Layout, group_of
from engine.protocol import Distance

from .distances import TOLERANCES, distance, settle, ulps_apart
from .records import LIVE_ROWS, Value, is_outside

PARTS = 16  # of a large tensor, one a step
LARGE = 1 << 12  # numbers
MAGNITUDES_EVERY = 64  # steps: they change slowly, and cost a look at every number


class LiveRecord:
    """Record one lane's tensors by reference; ``in_place``: the lane changes its weights so, and they are copied.

    ``after`` is called when a row is complete.
    """

    def __init__(self, layout: Layout, dtype: str, in_place: bool = True):
        self.layout, self._dtype, self._in_place = layout, dtype, in_place
        self._nothing = [np.zeros(shape, dtype) for shape in layout.shapes.values()]
        self._kept: dict[int, list[Array]] = {}
        self.there: list[bool] = []  # at the newest row
        self.finite: dict[int, bool] = {}  # of each row
        self._weights = {name: place for place, name in enumerate(layout.shapes) if name in layout.weights}
        self._before, self._now = ([np.zeros(shape, dtype) for shape in layout.weights.values()] for _ in range(2))
        self.after: Callable[[int], None] = lambda _: None

    def begin(self, weights: Sequence[Array]) -> None:
        self._kept.clear()
        self._take_down(weights)

    def _take_down(self, weights: Sequence[Array]) -> None:
        if not self._in_place:
            self._before, self._now = self._now, list(weights)
            return
        self._before, self._now = self._now, self._before
        for kept, weight in zip(self._now, weights, strict=True):
            np.copyto(kept, weight)

    def newest_update(self, weight: str, count: int) -> tuple[Array, Array, Array]:
        values = dict(zip(self.layout.shapes, self._kept[count], strict=True))
        return self._before[list(self._weights).index(weight)], values[weight], values[f"{weight}.grad"]

    def put(self, row: int, values: Sequence[Value]) -> None:
        self.there = [value is not None for value in values]
        filled = zip(values, self._nothing, strict=True)
        self._kept[row] = [blank if value is None else np.asarray(value) for value, blank in filled]
        self._take_down([self._kept[row][place] for place in self._weights.values()])
        self.finite[row] = self._is_finite(row)
        self.after(row)

    def at(self, row: int) -> list[Array]:
        """Return the tensors after a step of the block; where they are changed in place, those of the newest alone."""
        return self._kept[row]

    def rows(self, group: str, count: int) -> Array:
        return self.end_to_end(group, count)[None]

    def end_to_end(self, group: str, row: int) -> Array:
        """Return all numbers of a group of tensors."""
        pairs = zip(self.layout.shapes, self._kept.get(row, self._nothing), strict=True)
        parts = [value for name, value in pairs if group_of(name) == group]
        return np.concatenate(parts, axis=None, dtype=self._dtype) if parts else np.empty(0, self._dtype)

    def first_broken(self, count: int) -> int | None:
        return next((row - 1 for row in range(1, count + 1) if not self.finite[row]), None)

    def _is_finite(self, row: int) -> bool:
        """Whether loss, gradients and weights are; a state that is not is seen when its part is compared.

        A sum of squares tells, unless it overflows: then each number is looked at.
        """
        there = self._kept[row][: 1 + 2 * len(self._weights)]
        with np.errstate(all="ignore"):
            squares = [np.vdot(value, value) for value in there]
        pairs = zip(squares, there, strict=True)
        return all(np.isfinite(square) or np.isfinite(value).all() for square, value in pairs)


class LiveComparison:
    """Compare each of torch's steps as soon as it is taken: DIY's lane is to take its steps first."""

    rows = LIVE_ROWS

    def __init__(self, layout: Layout, dtype: str):
        self._layout, self._dtype = layout, dtype
        self.diy, self.torch = LiveRecord(layout, dtype, in_place=False), LiveRecord(layout, dtype)
        self.torch.after = self._compare_row
        self._diy_there: dict[int, list[bool]] = {}
        self.diy.after = lambda row: self._diy_there.update({row: self.diy.there})
        self._buffer = np.empty(max(int(np.prod(shape)) for shape in layout.shapes.values()), dtype)
        self._found: dict[int, list[float]] = {}
        self._outside: int | None = None
        self._magnitudes: Array | None = None
        self._done = self._count = 0
        self._finite = True  # whether the row that is compared is, in both lanes
        self._rtol, self._atol = TOLERANCES[dtype]
        self.worst = np.zeros(len(layout.group_starts))

    def begin(self, done: int) -> None:
        self._done, self._outside = done, None
        self._found.clear()

    def compare(self, count: int) -> None:
        self._count = count

    @property
    def all_finite(self) -> bool:
        """Return whether every number of the block was finite, in both lanes."""
        rows = range(1, self._count + 1)
        return all(self.diy.finite[row] and self.torch.finite[row] for row in rows)

    def _compare_row(self, row: int) -> None:
        self._finite = self.diy.finite[row] and self.torch.finite[row]
        sides = zip(self.diy.at(row), self.torch.at(row), self._diy_there[row], self.torch.there, strict=True)
        found = self._found[row] = []
        for diy, torch, one_there, other_there in sides:
            if not diy.ndim and one_there == other_there and (apart := abs(float(diy) - float(torch))) <= self._atol:
                found.append(apart)
                continue
            one, other = self._part(diy, row), self._part(torch, row)
            delta = self._delta(one, other)
            largest = max(float(delta.max()), -float(delta.min())) if self._finite else float(delta.max())
            if not np.isfinite(largest):  # of a state, in a step whose weights are well
                self._finite = self.torch.finite[row] = False
                largest = float(self._delta(one, other).max())
            found.append(largest if one_there == other_there else np.inf)
            if found[-1] > self._atol and self._outside is None and self._is_outside(np.abs(delta), other):
                self._outside = row - 1

    def _is_outside(self, delta: Array, torch: Array) -> bool:
        return bool(np.isinf(delta).any() or is_outside(delta, torch, self._rtol, self._atol).any())

    def _part(self, values: Array, row: int) -> Array:
        """Take the part of a large tensor that is looked at in a step, end to end; all of one that is not large."""
        flat = values.reshape(-1)
        if flat.size < LARGE:
            return flat
        width = -(-flat.size // PARTS)
        begin = ((self._done + row) % PARTS) * width
        return flat[begin : begin + width]

    def _delta(self, diy: Array, torch: Array) -> Array:
        """Return differences; where not all numbers are finite, distances, infinite where one side alone is."""
        part = self._buffer[: diy.size]
        with np.errstate(all="ignore"):
            np.subtract(diy, torch, out=part, casting="same_kind")
        if not self._finite:
            np.abs(part, out=part)
            settle(part, diy, torch)
        return part

    def remember(self) -> None:
        largest = np.maximum.reduceat(self.distances.max(axis=0), self._layout.group_places)
        np.maximum(self.worst, largest, out=self.worst)

    @property
    def distances(self) -> Array:
        return np.array([self._found[row] for row in range(1, self._count + 1)])

    @property
    def magnitudes(self) -> Array:
        if self._magnitudes is None or (self._done + 1) % MAGNITUDES_EVERY == 0:
            torch = self.torch.at(self._count)
            largest = np.array([max(float(value.max()), -float(value.min())) for value in torch])
            self._magnitudes = np.where(np.isfinite(largest), largest, 0)
        return self._magnitudes

    def largest_ulps(self) -> Array:
        """Return the newest step's alone, (1,): a block has one step where this is asked for."""
        pairs = zip(self.diy.at(self._count), self.torch.at(self._count), strict=True)
        apart = (float(ulps_apart(*self._alike(diy, torch)).max()) for diy, torch in pairs)
        return np.array([max(apart)])

    def _alike(self, diy: Array, torch: Array) -> tuple[Array, Array]:
        return diy.astype(self._dtype, copy=False), torch.astype(self._dtype, copy=False)

    def first_outside(self) -> int | None:
        return self._outside

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
        return distance(*self._alike(self.diy.at(self._count)[place], self.torch.at(self._count)[place]), name)

    def newest(self, group: str) -> tuple[Array, Array]:
        return self.diy.end_to_end(group, self._count), self.torch.end_to_end(group, self._count)
