"""A lane's loss at every step, and thinned to a plot's width without losing a spike."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Curve

BLOCK = 256  # steps summed up by one minimum and maximum of the coarse level


class Extremes(NamedTuple):
    """Of each run of values: the least, the largest (NaN where there is nothing else), and whether one is NaN."""

    lows: Array
    highs: Array
    broken: Array


NOTHING = Extremes(np.empty(0), np.empty(0), np.empty(0, bool))


class Series:
    """Step k's value stands at position k - 1. Appending costs no more than writing a number."""

    def __init__(self) -> None:
        self._values = np.empty(1024)
        self._blocks = NOTHING  # of each full block that was asked for
        self._count = 0
        self.cuts = 0  # how often something was forgotten: what was worked out of it holds no more

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, step: int) -> float:
        """The value at ``step``, counted from 1."""
        if not 1 <= step <= self._count:
            raise IndexError(step)
        return float(self._values[step - 1])

    def append(self, value: float) -> None:
        self.extend([value])

    def extend(self, values: Sequence[float] | Array) -> None:
        count = self._count + len(values)
        while count > len(self._values):
            self._values = np.concatenate([self._values, np.empty_like(self._values)])
        self._values[self._count : count] = values
        self._count = count

    def truncate(self, count: int) -> None:
        """Forget all but the first ``count`` values."""
        self.cuts += count < self._count
        self._count = min(self._count, count)
        self._blocks = Extremes(*(known[: self._count // BLOCK] for known in self._blocks))

    @property
    def nbytes(self) -> int:
        """What it takes of memory."""
        return self._values.nbytes + sum(known.nbytes for known in self._blocks)

    @property
    def values(self) -> Array:
        """All values: a view, good until the next append."""
        return self._values[: self._count]

    def lowest(self) -> int | None:
        """The step of the least value; None where no value is a number."""
        lows = self._lows()
        if not len(lows) or np.isnan(lows).all():
            return None
        block = int(np.nanargmin(lows)) * BLOCK
        return block + int(np.nanargmin(self.values[block : block + BLOCK])) + 1

    def first_at_most(self, value: float) -> int | None:
        """The first step whose value is not above ``value``."""
        below = self._lows() <= value
        if not below.any():
            return None
        block = int(np.argmax(below)) * BLOCK
        return block + int(np.argmax(self.values[block : block + BLOCK] <= value)) + 1

    def _lows(self) -> Array:
        """The least value of each block, the last of which may not be full."""
        self._sum_up()
        rest = self._values[self._count - self._count % BLOCK : self._count]
        return np.append(self._blocks.lows, np.fmin.reduce(rest)) if len(rest) else self._blocks.lows

    def thinned(self, pixels: int, steps: tuple[float, float] | None = None) -> Curve:
        """At most about two points a pixel column: its minimum and maximum, in the order they came.

        ``steps`` is the visible range; a neighbour on each side is kept so that lines reach the edge.
        Columns begin at multiples of their width, so a growing curve does not shimmer.
        """
        first, last = (1, self._count) if steps is None else (int(steps[0]) - 1, int(np.ceil(steps[1])) + 1)
        start, stop = max(first, 1) - 1, min(last, self._count)
        if stop - start <= 2 * max(pixels, 1):
            positions = np.arange(start, max(stop, start))
            return Curve(positions + 1.0, self._values[positions])
        width = 1 << int(np.ceil(np.log2((stop - start) / max(pixels, 1))))
        return self._columns(start - start % width, stop, width)

    def _columns(self, start: int, stop: int, width: int) -> Curve:
        """Minimum and maximum of each ``width`` positions from ``start``, and a gap after one with NaN in it."""
        begins = np.arange(start, stop, width)
        if width < BLOCK:
            found = _extremes(self._values[start:stop], begins - start)
        else:
            found = self._coarse_columns(start, stop, width)
        ends = np.minimum(begins + width, stop) - 1
        rising = self._values[ends] > self._values[begins]
        firsts, lasts = np.where(rising, found.lows, found.highs), np.where(rising, found.highs, found.lows)
        steps = np.column_stack([begins, ends, ends]) + 1.0
        losses = np.column_stack([firsts, lasts, np.full(len(ends), np.nan)])
        kept = np.column_stack([np.ones((len(ends), 2), bool), found.broken])
        curve = Curve(steps[kept], losses[kept])
        not_finite = found.broken | ~(np.isfinite(found.lows) & np.isfinite(found.highs))
        return self._told_exactly(curve, begins[int(np.argmax(not_finite))], width) if not_finite.any() else curve

    def _told_exactly(self, curve: Curve, begin: int, width: int) -> Curve:
        """``curve`` with the first value that is not finite at its own step, amid its column, which is at ``begin``."""
        end = min(begin + width, self._count)
        at = begin + int(np.argmax(~np.isfinite(self._values[begin:end])))
        first, last = np.searchsorted(curve.steps, (begin + 1, end + 1))
        parts = [Curve(curve.steps[:first], curve.losses[:first])]
        parts += [self._columns(begin, at, width)] if at > begin else []
        parts.append(Curve(np.array([at + 1.0]), self._values[at : at + 1].copy()))
        parts.append(_ends_of(self._values[at + 1 : end], at + 2))
        parts.append(Curve(curve.steps[last:], curve.losses[last:]))
        return Curve(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def _coarse_columns(self, start: int, stop: int, width: int) -> Extremes:
        """As above from the blocks' extremes; what no full block covers yet is read itself."""
        self._sum_up()
        first, full = start // BLOCK, stop // BLOCK
        tail = _extremes(self._values[full * BLOCK : stop], np.zeros(int(stop > full * BLOCK), int))
        blocks = [np.concatenate([known[first:full], rest]) for known, rest in zip(self._blocks, tail, strict=True)]
        return _merged(Extremes(*blocks), np.arange(0, len(blocks[0]), width // BLOCK))

    def _sum_up(self) -> None:
        """Take in the blocks that have filled up since the last time."""
        done, full = len(self._blocks.lows), self._count // BLOCK
        if full > done:
            new = _extremes(self._values[done * BLOCK : full * BLOCK], np.arange(0, (full - done) * BLOCK, BLOCK))
            self._blocks = Extremes(*map(np.concatenate, zip(self._blocks, new, strict=True)))


def _ends_of(values: Array, step: int) -> Curve:
    """The least and the largest of values that begin at ``step``, or one NaN where there is nothing else."""
    there = values[~np.isnan(values)]
    losses = np.array([there.min(), there.max()]) if len(there) else values[:1].copy()
    return Curve(np.linspace(step, step + len(values) - 1, len(losses)), losses)


def _extremes(values: Array, begins: Array) -> Extremes:
    """Of each run of values that begins at ``begins``."""
    return _merged(Extremes(values, values, np.isnan(values)), begins)


def _merged(parts: Extremes, begins: Array) -> Extremes:
    """Of each run of parts that begins at ``begins``."""
    if not len(begins):
        return NOTHING
    return Extremes(
        np.fmin.reduceat(parts.lows, begins),
        np.fmax.reduceat(parts.highs, begins),
        np.logical_or.reduceat(parts.broken, begins),
    )
