"""Compares the lanes of a pair over a block of steps at once, their tensors laid end to end."""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray as Array

from engine.lane.layout import Layout
from engine.protocol import Distance

from .distances import ulps_apart
from .records import Value, rows_of
from .row_distances import RowDistances


class BlockRecord:
    """Record one lane's tensors, a row a step."""

    def __init__(self, layout: Layout, dtype: str, rows: int):
        self.layout = layout
        self.values = np.zeros((rows + 1, layout.size), dtype)
        self.there: list[list[bool]] = [[] for _ in range(rows + 1)]
        self._blanks = [np.broadcast_to(0.0, shape) for shape in layout.shapes.values()]

    def begin(self, weights: Sequence[Array], _: int) -> None:
        np.concatenate(weights, axis=None, out=self.values[0, self.layout.part_of("weight")])

    def newest_update(self, weight: str, count: int) -> tuple[Array, Array, Array]:
        part, shape = self.layout.part(weight), self.layout.shapes[weight]
        before, after = self.values[count - 1 : count + 1, part].reshape(2, *shape)
        return before, after, self.values[count, self.layout.part(f"{weight}.grad")].reshape(shape)

    def put(self, row: int, values: Sequence[Value]) -> None:
        self.there[row] = [value is not None for value in values]
        filled = [blank if value is None else value for value, blank in zip(values, self._blanks, strict=True)]
        np.concatenate(filled, axis=None, out=self.values[row], casting="same_kind")

    def rows(self, group: str, count: int) -> Array:
        return self.values[1 : count + 1, self.layout.part_of(group)]

    def first_broken(self, count: int) -> int | None:
        finite = np.isfinite(self.values[1 : count + 1])
        if finite.all():
            return None
        for row in np.flatnonzero(~finite.all(axis=1)):
            there = zip(self.layout.shapes, self.there[row + 1], strict=True)
            if any(is_there and not finite[row, self.layout.part(name)].all() for name, is_there in there):
                return int(row)  # a state entry that is not there is marked by NaN, and breaks nothing
        return None


class BlockComparison:
    def __init__(self, layout: Layout, dtype: str):
        self._layout = layout
        self.rows = rows_of(layout, dtype)
        self.diy, self.torch = (BlockRecord(layout, dtype, self.rows) for _ in range(2))
        self._apart = RowDistances(self.rows, layout.size, layout.starts, dtype)
        self._count = 0  # of the block's steps
        self.all_finite = True  # whether every number of the block was, in both lanes
        self.worst = np.zeros(len(layout.group_starts))

    def begin(self, _: int) -> None:
        pass

    def compare(self, count: int) -> None:
        self._count, rows = count, slice(1, count + 1)
        for row in range(1, count + 1):
            if self.diy.there[row] != self.torch.there[row]:
                self._mark_lacking(row)
        self.all_finite = bool(self._apart.compare(self.diy.values[rows], self.torch.values[rows]).all())

    def remember(self) -> None:
        largest = self._apart.largest.max(axis=0)
        np.maximum(self.worst, np.maximum.reduceat(largest, self._layout.group_places), out=self.worst)

    @property
    def distances(self) -> Array:
        return self._apart.largest

    @property
    def magnitudes(self) -> Array:
        largest = np.maximum.reduceat(np.abs(self.torch.values[1 : self._count + 1]), self._layout.starts, axis=1)
        return np.where(np.isfinite(largest), largest, 0)

    def largest_ulps(self) -> Array:
        rows = slice(1, self._count + 1)
        return ulps_apart(self.diy.values[rows], self.torch.values[rows]).max(axis=1)

    def _mark_lacking(self, row: int) -> None:
        """Mark what one lane has and the other lacks as infinitely far: NaN against a number."""
        for name, one, other in zip(self._layout.shapes, self.diy.there[row], self.torch.there[row], strict=True):
            if one != other:
                lacking = self.torch if one else self.diy
                lacking.values[row, self._layout.part(name)] = np.nan

    def first_outside(self) -> int | None:
        return self._apart.first_outside()

    def group(self, group: str) -> Distance | None:
        part = self._layout.part_of(group)
        return self._distance(part, self._count) if part.start < part.stop else None

    def newest(self, group: str) -> tuple[Array, Array]:
        part = self._layout.part_of(group)
        return self.diy.values[self._count, part], self.torch.values[self._count, part]

    def _distance(self, part: slice, row: int) -> Distance:
        """Return the distance over tensors that stand together, and where in them it is."""
        delta, torch = self._apart.delta[row - 1, part], self.torch.values[row, part]
        with np.errstate(all="ignore"):
            relative = np.where((delta == 0) | np.isinf(delta), delta, delta / np.abs(torch))
        ulps = np.where(delta == 0, 0.0, ulps_apart(self.diy.values[row, part], torch))
        flat = int(np.argmax(delta))
        name, index = self._layout.place_of(part.start + flat)
        return Distance(float(delta[flat]), float(relative.max()), float(ulps.max()), name, index, float(ulps[flat]))
