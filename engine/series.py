"""A lane's loss at every step, and thinned to a plot's width without losing a spike."""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Curve

BLOCK = 256  # steps summed up by one minimum and maximum of the coarse level


class Series:
    """Step k's value stands at position k - 1. Appending costs no more than writing a number."""

    def __init__(self) -> None:
        self._values = np.empty(1024)
        self._lows, self._highs = np.empty(0), np.empty(0)  # of each full block that was asked for
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, step: int) -> float:
        """The value at ``step``, counted from 1."""
        if not 1 <= step <= self._count:
            raise IndexError(step)
        return float(self._values[step - 1])

    def append(self, value: float) -> None:
        self.extend([value])

    def extend(self, values: Sequence[float]) -> None:
        count = self._count + len(values)
        while count > len(self._values):
            self._values = np.concatenate([self._values, np.empty_like(self._values)])
        self._values[self._count : count] = values
        self._count = count

    @property
    def values(self) -> Array:
        """All values: a view, good until the next append."""
        return self._values[: self._count]

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
        """Minimum and maximum of each ``width`` positions from ``start``."""
        begins = np.arange(start, stop, width)
        if width < BLOCK:
            lows, highs = _extremes(self._values[start:stop], begins - start)
        else:
            lows, highs = self._coarse_columns(start, stop, width)
        ends = np.minimum(begins + width, stop) - 1
        rising = self._values[ends] > self._values[begins]
        steps = np.column_stack([begins, ends]).ravel() + 1.0
        return Curve(steps, np.column_stack([np.where(rising, lows, highs), np.where(rising, highs, lows)]).ravel())

    def _coarse_columns(self, start: int, stop: int, width: int) -> tuple[Array, Array]:
        """As above from the blocks' extremes; what no full block covers yet is read itself."""
        self._sum_up()
        first, full = start // BLOCK, stop // BLOCK
        tail_low, tail_high = _extremes(self._values[full * BLOCK : stop], np.zeros(int(stop > full * BLOCK), int))
        lows = np.concatenate([self._lows[first:full], tail_low])
        highs = np.concatenate([self._highs[first:full], tail_high])
        begins = np.arange(0, len(lows), width // BLOCK)
        return np.fmin.reduceat(lows, begins), np.fmax.reduceat(highs, begins)

    def _sum_up(self) -> None:
        """Take in the blocks that have filled up since the last time."""
        done, full = len(self._lows), self._count // BLOCK
        if full > done:
            blocks = self._values[done * BLOCK : full * BLOCK].reshape(-1, BLOCK)
            self._lows = np.concatenate([self._lows, np.fmin.reduce(blocks, axis=1)])
            self._highs = np.concatenate([self._highs, np.fmax.reduce(blocks, axis=1)])


def _extremes(values: Array, begins: Array) -> tuple[Array, Array]:
    """Minimum and maximum of each run of values; NaN only where there is nothing else."""
    if not len(begins):
        return np.empty(0), np.empty(0)
    return np.fmin.reduceat(values, begins), np.fmax.reduceat(values, begins)
