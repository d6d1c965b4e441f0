"""Compares the lanes of a pair whose tensors are too large to be laid end to end, by a part of them at each step.

Of a large tensor a sixteenth is compared at each step, another one at the next: in sixteen steps each number is looked
at, and what has come apart stays so. The parts are laid end to end, a row a step, and whole tensors are kept of the
newest step alone: what a step leaves behind is free for the next one's, and still in the processor's cache. Whether
all numbers are finite is known at each step, and a distance that is asked for is of all.
"""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray as Array

from engine.lane.layout import Layout, group_of
from engine.protocol import Distance

from .distances import distance, ulps_apart
from .records import LIVE_ROWS, Value
from .row_distances import RowDistances

PARTS = 16  # of a large tensor, one a step
LARGE = 1 << 12  # numbers
MAGNITUDES_EVERY = 64  # steps: they change slowly, and cost a look at every number


class Sample:
    """Choose what is looked at in a step: the whole of a small tensor, a part of a large one.

    ``starts`` and ``width`` are of the row in which the parts stand end to end.
    """

    def __init__(self, layout: Layout):
        sizes = [int(np.prod(shape)) for shape in layout.shapes.values()]
        widths = [size if size < LARGE else -(-size // PARTS) for size in sizes]
        ends = np.cumsum(widths).tolist()
        self.starts, self.width = [0, *ends[:-1]], ends[-1]
        pairs = list(zip(sizes, widths, strict=True))
        self._parts = [[_part(size, width, number) for size, width in pairs] for number in range(PARTS)]

    def of(self, step: int, values: Sequence[Array]) -> list[Array]:
        """Return the parts of a step's tensors, each flat."""
        parts = zip(values, self._parts[step % PARTS], strict=True)
        return [value.reshape(-1)[part] for value, part in parts]

    def place(self, tensor: int) -> slice:
        """Return where a tensor's part stands in a row."""
        return slice(self.starts[tensor], [*self.starts, self.width][tensor + 1])


def _part(size: int, width: int, number: int) -> slice:
    """Of parts that are equally wide; the last begins within the one before it where they don't come out even."""
    begin = min(number * width, size - width)
    return slice(begin, begin + width)


class LiveRecord:
    """Keep one lane's tensors: parts of them after each step of a block, the whole after the newest, by reference.

    ``in_place``: the lane changes its weights in place, so that those before the block's last step are copied.
    """

    def __init__(self, layout: Layout, dtype: str, in_place: bool = True):
        self.layout, self._dtype, self._in_place = layout, dtype, in_place
        self.sample = Sample(layout)
        self.values = np.zeros((LIVE_ROWS + 1, self.sample.width), dtype)
        self.there: list[list[bool]] = [[] for _ in range(LIVE_ROWS + 1)]
        self.finite = [True] * (LIVE_ROWS + 1)  # each row's loss, gradients and weights
        self.newest = self._nothing = [np.zeros(shape, dtype) for shape in layout.shapes.values()]
        self._weights = {name: place for place, name in enumerate(layout.shapes) if name in layout.weights}
        self._before = [np.zeros(shape, dtype) for shape in layout.weights.values()]
        self._done, self._last = 0, 1

    def begin_after(self, step: int) -> None:
        """Begin a block after ``step``, which says what parts are looked at."""
        self._done = step

    def begin(self, weights: Sequence[Array], count: int) -> None:
        self._last = count
        if count == 1:
            self._take_down(weights)

    def _take_down(self, weights: Sequence[Array]) -> None:
        if not self._in_place:
            self._before = list(weights)
            return
        for kept, weight in zip(self._before, weights, strict=True):
            np.copyto(kept, weight)

    def newest_update(self, weight: str, _: int) -> tuple[Array, Array, Array]:
        values = dict(zip(self.layout.shapes, self.newest, strict=True))
        return self._before[list(self._weights).index(weight)], values[weight], values[f"{weight}.grad"]

    def put(self, row: int, values: Sequence[Value]) -> None:
        self.there[row] = [value is not None for value in values]
        filled = zip(values, self._nothing, strict=True)
        self.newest = [blank if value is None else np.asarray(value) for value, blank in filled]
        if row == self._last - 1:
            self._take_down([self.newest[place] for place in self._weights.values()])
        parts = self.sample.of(self._done + row, self.newest)
        np.concatenate(parts, out=self.values[row], casting="same_kind")
        self.finite[row] = self._is_finite()

    def rows(self, group: str, _: int) -> Array:
        return self.end_to_end(group)[None]

    def end_to_end(self, group: str) -> Array:
        """Return all numbers of a group of tensors after the newest step."""
        pairs = zip(self.layout.shapes, self.newest, strict=True)
        parts = [value for name, value in pairs if group_of(name) == group]
        return np.concatenate(parts, axis=None, dtype=self._dtype) if parts else np.empty(0, self._dtype)

    def first_broken(self, count: int) -> int | None:
        return next((row - 1 for row in range(1, count + 1) if not self.finite[row]), None)

    def _is_finite(self) -> bool:
        """Whether loss, gradients and weights are; a state that is not is seen when its part is compared.

        A sum of squares tells, unless it overflows: then each number is looked at.
        """
        there = self.newest[: 1 + 2 * len(self._weights)]
        with np.errstate(all="ignore"):
            squares = [np.vdot(value, value) for value in there]
        pairs = zip(squares, there, strict=True)
        return all(np.isfinite(square) or np.isfinite(value).all() for square, value in pairs)


class LiveComparison:
    """Compare parts of both lanes' tensors a block at a time, and the whole where somebody asks."""

    rows = LIVE_ROWS

    def __init__(self, layout: Layout, dtype: str):
        self._layout, self._dtype = layout, dtype
        self.diy, self.torch = LiveRecord(layout, dtype, in_place=False), LiveRecord(layout, dtype)
        sample = self.diy.sample
        self._apart = RowDistances(LIVE_ROWS, sample.width, sample.starts, dtype)
        self._magnitudes: Array | None = None
        self._done = self._count = 0
        self.worst = np.zeros(len(layout.group_starts))

    def begin(self, done: int) -> None:
        self._done = done
        self.diy.begin_after(done)
        self.torch.begin_after(done)

    def compare(self, count: int) -> None:
        self._count, rows = count, slice(1, count + 1)
        is_lacking = np.not_equal(self.diy.there[rows], self.torch.there[rows])
        for row, tensor in zip(*np.nonzero(is_lacking), strict=True):
            self._mark_lacking(int(row) + 1, int(tensor))
        finite = self._apart.compare(self.diy.values[rows], self.torch.values[rows]) | is_lacking
        for row in np.flatnonzero(~finite.all(axis=1)):  # a state, where its step's weights are well
            self.torch.finite[int(row) + 1] = False

    def _mark_lacking(self, row: int, tensor: int) -> None:
        """Mark what one lane has and the other lacks as infinitely far: NaN against a number."""
        lacking = self.torch if self.diy.there[row][tensor] else self.diy
        lacking.values[row, lacking.sample.place(tensor)] = np.nan

    @property
    def all_finite(self) -> bool:
        """Return whether every number of the block was finite, in both lanes."""
        rows = slice(1, self._count + 1)
        return all(self.diy.finite[rows]) and all(self.torch.finite[rows])

    def remember(self) -> None:
        largest = np.maximum.reduceat(self._apart.largest.max(axis=0), self._layout.group_places)
        np.maximum(self.worst, largest, out=self.worst)

    @property
    def distances(self) -> Array:
        return self._apart.largest

    @property
    def magnitudes(self) -> Array:
        if self._magnitudes is None or (self._done + 1) % MAGNITUDES_EVERY == 0:
            largest = np.array([max(float(value.max()), -float(value.min())) for value in self.torch.newest])
            self._magnitudes = np.where(np.isfinite(largest), largest, 0)
        return self._magnitudes

    def largest_ulps(self) -> Array:
        """Return the newest step's alone, (1,): a block has one step where this is asked for."""
        pairs = zip(self.diy.newest, self.torch.newest, strict=True)
        apart = (float(ulps_apart(*self._alike(diy, torch)).max()) for diy, torch in pairs)
        return np.array([max(apart)])

    def _alike(self, diy: Array, torch: Array) -> tuple[Array, Array]:
        return diy.astype(self._dtype, copy=False), torch.astype(self._dtype, copy=False)

    def first_outside(self) -> int | None:
        return self._apart.first_outside()

    def group(self, group: str) -> Distance | None:
        names = [place for place, name in enumerate(self._layout.shapes) if group_of(name) == group]
        found = [self._distance(place) for place in names]
        if not found:
            return None
        farthest = max(found, key=lambda one: one.max_abs)
        return farthest._replace(max_rel=max(one.max_rel for one in found), max_ulps=max(one.max_ulps for one in found))

    def _distance(self, place: int) -> Distance:
        name = list(self._layout.shapes)[place]
        if self.diy.there[self._count][place] != self.torch.there[self._count][place]:
            return Distance(np.inf, np.inf, np.inf, name, (0,) * len(self._layout.shapes[name]), np.inf)
        return distance(*self._alike(self.diy.newest[place], self.torch.newest[place]), name)

    def newest(self, group: str) -> tuple[Array, Array]:
        return self.diy.end_to_end(group), self.torch.end_to_end(group)
