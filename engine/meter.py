"""Compares the lanes of a pair over a block of steps at once.

While the lanes run, each step's tensors are laid end to end in a row; then all rows are compared in
one go. What costs more (relative distance, ULPs, where) is worked out when somebody looks.
"""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray as Array

from engine.lane import Snapshot
from engine.layout import GROUPS, Layout
from engine.parity import TOLERANCES, settle, ulps_apart
from engine.protocol import Distance

MOST_ROWS = 64
BLOCK_BYTES = 1 << 18  # a lane's rows stay within a processor's cache

Value = Array | np.generic | float | None  # None: a state entry that its lane does not have yet


def rows_of(layout: Layout, dtype: str) -> int:
    """How many steps a block may have."""
    return max(1, min(MOST_ROWS, BLOCK_BYTES // (layout.size * np.dtype(dtype).itemsize)))


class Record:
    """One lane's tensors, a row a step from row 1; row 0 is the last step of the block before."""

    def __init__(self, layout: Layout, dtype: str, rows: int):
        self.layout = layout
        self.values = np.zeros((rows + 1, layout.size), dtype)
        self.there: list[list[bool]] = [[] for _ in range(rows + 1)]
        self._blanks = [np.broadcast_to(0.0, shape) for shape in layout.shapes.values()]

    def put(self, row: int, values: Sequence[Value]) -> None:
        """Take down the loss and what ``Lane.tensors`` gives. What is not there counts as 0."""
        self.there[row] = [value is not None for value in values]
        filled = [blank if value is None else value for value, blank in zip(values, self._blanks, strict=True)]
        np.concatenate(filled, axis=None, out=self.values[row], casting="same_kind")

    def carry(self, row: int) -> None:
        """Begin a new block after the one that ended at ``row``."""
        self.values[0], self.there[0] = self.values[row], self.there[row]


class Meter:
    def __init__(self, layout: Layout, dtype: str):
        self._layout = layout
        self.rows = rows_of(self._layout, dtype)
        self.diy, self.torch = (Record(self._layout, dtype, self.rows) for _ in range(2))
        self._delta = np.zeros_like(self.diy.values)
        self._row = 0  # of the newest step
        self.all_finite = True  # whether every number of the block was, in both lanes
        self._rtol, self._atol = TOLERANCES[dtype]
        self.worst = np.zeros(len(self._layout.group_starts))  # the largest max_abs of each group over the run

    def begin(self) -> None:
        """Make room for a block of steps."""
        self.diy.carry(self._row)
        self.torch.carry(self._row)

    def compare(self, count: int) -> None:
        """Compare the block's first ``count`` steps, which both records have."""
        self._row, rows = count, slice(1, count + 1)
        for row in range(1, count + 1):
            if self.diy.there[row] != self.torch.there[row]:
                self._mark_lacking(row)
        diy, torch = self.diy.values[rows], self.torch.values[rows]
        delta = np.subtract(diy, torch, out=self._delta[rows])
        np.abs(delta, out=delta)
        self._largest = np.maximum.reduceat(delta, self._layout.group_starts, axis=1)
        self.all_finite = bool(np.isfinite(self._largest).all())
        if not self.all_finite:
            settle(delta, diy, torch)
            self._largest = np.maximum.reduceat(delta, self._layout.group_starts, axis=1)

    def remember(self) -> None:
        """Let the block that was compared count among the run's."""
        np.maximum(self.worst, self._largest.max(axis=0), out=self.worst)

    @property
    def largest(self) -> Array:
        """The largest distance of each step of the block."""
        return self._largest.max(axis=1)

    def largest_ulps(self) -> Array:
        """The same in ULPs, each step's largest whichever element it is of."""
        rows = slice(1, self._row + 1)
        return ulps_apart(self.diy.values[rows], self.torch.values[rows]).max(axis=1)

    def _mark_lacking(self, row: int) -> None:
        """What one lane has and the other lacks is infinitely far: NaN against a number."""
        for name, one, other in zip(self._layout.shapes, self.diy.there[row], self.torch.there[row], strict=True):
            if one != other:
                lacking = self.torch if one else self.diy
                lacking.values[row, self._layout.part(name)] = np.nan

    def outside(self) -> list[int]:
        """The block's rows that are out of tolerance."""
        if self._largest.max() <= self._atol:  # no tolerance is below its absolute part
            return []
        return [int(row) + 1 for row in np.flatnonzero((self._excess(slice(1, self._row + 1)) > 0).any(axis=1))]

    def _excess(self, rows: slice | int) -> Array:
        """How far each element is beyond tolerance; equal infinities and NaNs are not."""
        delta, torch = self._delta[rows], self.torch.values[rows]
        with np.errstate(all="ignore"):
            excess = delta - (self._rtol * np.abs(torch) + self._atol)
        return np.where(delta == 0, -1, np.where(np.isinf(delta), np.inf, excess))

    def worst_of(self, group: str) -> float:
        """The largest max_abs of a group of tensors over the run."""
        return float(self.worst[GROUPS.index(group)])

    def farthest_excess(self, row: int) -> Distance:
        """The distance of the tensor whose element lies farthest beyond tolerance at ``row``."""
        name, _ = self._layout.place_of(int(np.argmax(self._excess(row))))
        return self._apart(self._layout.part(name), row)

    def torch_before(self, row: int) -> Snapshot:
        """Where torch's lane stood before the step at ``row``, as far as it is compared."""
        layout, values = self._layout, self.torch.values[row - 1]
        there = dict(zip(layout.shapes, self.torch.there[row - 1], strict=True))

        def part(name: str) -> Array | np.generic | int | None:
            if not there[name]:
                return None
            found = values[layout.part(name)].reshape(layout.shapes[name])
            if name.endswith(".t"):
                return int(found)
            return found.copy() if found.ndim else np.float32(found)  # torch keeps single numbers in float32

        states = tuple(
            {symbol: part(f"{name}.{symbol}") for symbol in entries} for name, entries in layout.states.items()
        )
        weights = (values[layout.part(name)].reshape(shape).copy() for name, shape in layout.weights.items())
        return Snapshot(tuple(weights), states)

    def group(self, group: str) -> Distance | None:
        """The newest step's distance over a group of tensors; None where it has none."""
        part = self._layout.part_of(group)
        return self._apart(part, self._row) if part.start < part.stop else None

    def _apart(self, part: slice, row: int) -> Distance:
        """The distance over tensors that stand together, and where in them it is."""
        delta, torch = self._delta[row, part], self.torch.values[row, part]
        with np.errstate(all="ignore"):
            relative = np.where((delta == 0) | np.isinf(delta), delta, delta / np.abs(torch))
        ulps = np.where(delta == 0, 0.0, ulps_apart(self.diy.values[row, part], torch))
        flat = int(np.argmax(delta))
        name, index = self._layout.place_of(part.start + flat)
        return Distance(float(delta[flat]), float(relative.max()), float(ulps.max()), name, index, float(ulps[flat]))
