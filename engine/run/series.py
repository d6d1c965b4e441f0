"""The lanes' losses at every step, and thinned to a plot's width without losing a spike."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Curve

from .extremes import BLOCK, Extremes, Levels, with_room

ALL = slice(None)
LARGEST = float(np.finfo(float).max)


class Bundle:
    """Keep a value of each of some lanes at every step; step k's stand at position k - 1.

    What is computed of them is computed of all lanes at once: it costs little more for thirty than for one.
    """

    def __init__(self, lanes: int):
        self.lanes = lanes
        self._values = np.empty((lanes, 1024))
        self._levels = Levels(lanes)
        self._count = 0
        self.cuts = 0  # how often something was forgotten: what was computed of it holds no more

    def __len__(self) -> int:
        return self._count

    def extend(self, values: Sequence[Sequence[float] | Array] | Array) -> None:
        """Take down the same number of steps of every lane."""
        count = self._count + len(values[0])
        self._values = with_room(self._values, count)
        for lane, own in zip(self._values, values, strict=True):
            lane[self._count : count] = own
        self._count = count

    def truncate(self, count: int) -> None:
        """Forget all but the first ``count`` steps."""
        self.cuts += count < self._count
        self._count = min(self._count, count)
        self._levels.truncate(self._count)

    @property
    def nbytes(self) -> int:
        """Return the bytes that it takes."""
        return self._values.nbytes + self._levels.nbytes

    @property
    def values(self) -> Array:
        """Return all values, (lanes, steps): a view, good until the next are taken down."""
        return self._values[:, : self._count]

    # --- looking for a value -----------------------------------------------------------------

    def lowest(self, lanes: slice = ALL, until: int | None = None) -> list[int | None]:
        """Return for each lane the step of its least value, up to step ``until``; None where no value is a number."""
        lows = self._lows(lanes, until)
        blocks = np.argmin(in_order(lows), axis=1).tolist()
        known = np.asarray(~np.isnan(lows).all(axis=1)).tolist()
        return self._first(blocks, known, lambda near: np.argmin(in_order(near)), lanes, until)

    def first_at_most(self, value: float, lanes: slice = ALL, until: int | None = None) -> list[int | None]:
        """Return for each lane the first step, up to step ``until``, whose value is not above ``value``."""
        below = self._lows(lanes, until) <= value
        blocks, known = np.argmax(below, axis=1).tolist(), np.asarray(below.any(axis=1)).tolist()
        return self._first(blocks, known, lambda near: np.argmax(near <= value), lanes, until)

    def _lows(self, lanes: slice, until: int | None) -> Array:
        """Return the least value of each block, the last of which may not be full; one NaN where there is nothing."""
        end = self._end(until)
        lows = self._levels.columns(self.values, 0, end, BLOCK, lanes).lows
        return lows if lows.size else np.full((len(lows), 1), np.nan)

    def _end(self, until: int | None) -> int:
        return self._count if until is None else min(max(until, 0), self._count)

    def _first(
        self,
        blocks: list[int],
        known: list[bool],
        place: Callable[[Array], np.intp],
        lanes: slice,
        until: int | None,
    ) -> list[int | None]:
        """Return the step that ``place`` finds in each lane's block; None where a lane is not ``known``."""
        found: list[int | None] = []
        for own, block, there in zip(self.values[lanes, : self._end(until)], blocks, known, strict=True):
            begin = block * BLOCK
            found.append(begin + int(place(own[begin : begin + BLOCK])) + 1 if there else None)
        return found

    # --- thinning ----------------------------------------------------------------------------

    def thinned(self, pixels: int, steps: tuple[float, float] | None = None, lanes: slice = ALL) -> list[Curve]:
        """Return at most about two points a pixel column: its minimum and maximum, in the order they came.

        ``steps`` is the visible range; a neighbour on each side is kept so that lines reach the edge.
        Columns begin at multiples of their width, so a growing curve does not shimmer.
        """
        first, last = (1, self._count) if steps is None else (int(steps[0]) - 1, int(np.ceil(steps[1])) + 1)
        start, stop = max(first, 1) - 1, min(last, self._count)
        if stop - start <= 2 * max(pixels, 1):
            positions = np.arange(start, max(stop, start)) + 1.0
            return [Curve(positions, own) for own in self._values[lanes, start : max(stop, start)].copy()]
        width = 1 << int(np.ceil(np.log2((stop - start) / max(pixels, 1))))
        return self._columns(start - start % width, stop, width, lanes)

    def _columns(self, start: int, stop: int, width: int, lanes: slice) -> list[Curve]:
        """Minimum and maximum of each ``width`` positions from ``start``, and a gap after one with NaN in it."""
        begins = np.arange(start, stop, width)
        ends = np.minimum(begins + width, stop) - 1
        values = self._values[lanes]
        found = self._levels.columns(self.values, start, stop, width, lanes)
        rising = values[:, ends] > values[:, begins]
        firsts = np.where(rising, found.lows, found.highs)
        lasts = np.where(rising, found.highs, found.lows)
        losses = np.stack([firsts, lasts], axis=2).reshape(len(values), -1)
        steps = np.column_stack([begins, ends]).ravel() + 1.0
        curves = [Curve(steps, own) for own in losses]
        odd = found.broken.any(axis=1) | ~np.isfinite(losses).all(axis=1)
        for place in np.flatnonzero(odd).tolist():
            lane = range(self.lanes)[lanes][place]
            own = Extremes(*(part[place] for part in found))
            curves[place] = self._with_gaps(curves[place], own, slice(lane, lane + 1), begins, width)
        return curves

    def _with_gaps(self, curve: Curve, found: Extremes, lane: slice, begins: Array, width: int) -> Curve:
        """Return a curve whose columns are not all of finite numbers."""
        steps = np.column_stack([curve.steps.reshape(-1, 2), curve.steps[1::2]])
        losses = np.column_stack([curve.losses.reshape(-1, 2), np.full(len(begins), np.nan)])
        kept = np.column_stack([np.ones((len(begins), 2), bool), found.broken])
        not_finite = found.broken | ~(np.isfinite(found.lows) & np.isfinite(found.highs))
        return self._told_exactly(Curve(steps[kept], losses[kept]), begins[int(np.argmax(not_finite))], width, lane)

    def _told_exactly(self, curve: Curve, begin: int, width: int, lane: slice) -> Curve:
        """``curve`` with the first value that is not finite at its own step, amid its column, which is at ``begin``."""
        (values,), end = self._values[lane], min(begin + width, self._count)
        at = begin + int(np.argmax(~np.isfinite(values[begin:end])))
        first, last = np.searchsorted(curve.steps, (begin + 1, end + 1))
        parts = [Curve(curve.steps[:first], curve.losses[:first])]
        parts += self._columns(begin, at, width, lane) if at > begin else []
        parts.append(Curve(np.array([at + 1.0]), values[at : at + 1].copy()))
        parts.append(_ends_of(values[at + 1 : end], at + 2))
        parts.append(Curve(curve.steps[last:], curve.losses[last:]))
        return Curve(*(np.concatenate(column) for column in zip(*parts, strict=True)))


class Series:
    """Keep one lane's values: a bundle's, or all there are. Appending costs no more than writing a number."""

    def __init__(self, bundle: Bundle | None = None, lane: int = 0):
        self.bundle = Bundle(1) if bundle is None else bundle
        self._lane, self._lanes = lane, slice(lane, lane + 1)

    def __len__(self) -> int:
        return len(self.bundle)

    def __getitem__(self, step: int) -> float:
        """Return the value at ``step``, counted from 1."""
        if not 1 <= step <= len(self.bundle):
            raise IndexError(step)
        return float(self.values[step - 1])

    def append(self, value: float) -> None:
        self.extend([value])

    def extend(self, values: Sequence[float] | Array) -> None:
        """Add values to a series that is alone in its bundle."""
        self.bundle.extend([values])

    def truncate(self, count: int) -> None:
        """Forget all but the first ``count`` values, and so of all in the bundle."""
        self.bundle.truncate(count)

    @property
    def nbytes(self) -> int:
        """Return the bytes of the bundle that are its own."""
        return self.bundle.nbytes // self.bundle.lanes

    @property
    def values(self) -> Array:
        """Return all values: a view, good until the next append."""
        return self.bundle.values[self._lane]

    def lowest(self) -> int | None:
        return self.bundle.lowest(self._lanes)[0]

    def first_at_most(self, value: float) -> int | None:
        return self.bundle.first_at_most(value, self._lanes)[0]

    def thinned(self, pixels: int, steps: tuple[float, float] | None = None) -> Curve:
        """Thin the series out for ``pixels`` columns, as ``Bundle.thinned`` does."""
        return self.bundle.thinned(pixels, steps, self._lanes)[0]


def in_order(values: Array) -> Array:
    """Put NaN behind all numbers, infinity among them."""
    return np.nan_to_num(values, nan=np.inf, posinf=LARGEST, neginf=-np.inf)


def _ends_of(values: Array, step: int) -> Curve:
    """Return the least and the largest of values that begin at ``step``, or one NaN where there is nothing else."""
    there = values[~np.isnan(values)]
    losses = np.array([there.min(), there.max()]) if len(there) else values[:1].copy()
    return Curve(np.linspace(step, step + len(values) - 1, len(losses)), losses)
