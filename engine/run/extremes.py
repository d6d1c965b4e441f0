"""The least and the largest of runs of values, of all lanes at once: what a plot's pixel column has to show.

Two levels of them are kept, so that a plot of a million steps looks at no more than some thousand numbers a lane.
"""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

FINE, BLOCK = 16, 256  # steps summed up by one minimum and maximum of a level


class Extremes(NamedTuple):
    """Hold each run's least and largest value (NaN: nothing else there), and whether one is NaN: (lanes, runs)."""

    lows: Array
    highs: Array
    broken: Array


def extremes_of(values: Array) -> Extremes:
    """Return the extremes of runs of one value each."""
    return Extremes(values, values, np.isnan(values))


def joined(parts: Extremes, width: int) -> Extremes:
    """Join each ``width`` runs, a power of two; the last ones may be fewer."""
    missing = -parts.lows.shape[1] % width
    if missing:
        parts = Extremes(*(_padded(part, missing) for part in parts))
    lows, highs, broken = parts
    while width > 1:
        lows, highs = np.fmin(lows[:, ::2], lows[:, 1::2]), np.fmax(highs[:, ::2], highs[:, 1::2])
        broken = broken[:, ::2] | broken[:, 1::2]
        width //= 2
    return Extremes(lows, highs, broken)


def _padded(part: Array, missing: int) -> Array:
    """With what changes no extreme behind it."""
    padding = np.full((len(part), missing), False if part.dtype == bool else np.nan)
    return np.concatenate([part, padding], axis=1)


class Level:
    """Keep the extremes of each full run of ``width`` values, as far as they were asked for."""

    def __init__(self, lanes: int, width: int):
        self.width = width
        self._kept = Extremes(np.empty((lanes, 4)), np.empty((lanes, 4)), np.empty((lanes, 4), bool))
        self._count = 0

    def truncate(self, count: int) -> None:
        """Forget what is of more than the first ``count`` values."""
        self._count = min(self._count, count // self.width)

    def over(self, values: Array, start: int, stop: int, lanes: slice) -> Extremes:
        """Return the extremes from ``start``, a multiple of the width, to ``stop``; the last run may not be full."""
        self._take_in(values)
        first, full = start // self.width, stop // self.width
        parts = Extremes(*(part[lanes, first:full] for part in self._kept))
        if stop == full * self.width:
            return parts
        rest = joined(extremes_of(values[lanes, full * self.width : stop]), self.width)
        return Extremes(*(np.concatenate(part, axis=1) for part in zip(parts, rest, strict=True)))

    def _take_in(self, values: Array) -> None:
        """Take in the runs that have filled up since the last time."""
        done, full = self._count, values.shape[1] // self.width
        if full <= done:
            return
        new = joined(extremes_of(values[:, done * self.width : full * self.width]), self.width)
        self._kept = Extremes(*(with_room(part, full) for part in self._kept))
        for part, found in zip(self._kept, new, strict=True):
            part[:, done:full] = found
        self._count = full

    @property
    def nbytes(self) -> int:
        return sum(part.nbytes for part in self._kept)


class Levels:
    def __init__(self, lanes: int):
        self._fine, self._blocks = Level(lanes, FINE), Level(lanes, BLOCK)

    def truncate(self, count: int) -> None:
        self._fine.truncate(count)
        self._blocks.truncate(count)

    def columns(self, values: Array, start: int, stop: int, width: int, lanes: slice) -> Extremes:
        """Return the extremes of each ``width`` values, a power of two, from ``start``, a multiple of it, on."""
        if width < FINE:
            return joined(extremes_of(values[lanes, start:stop]), width)
        level = self._fine if width < BLOCK else self._blocks
        return joined(level.over(values, start, stop, lanes), width // level.width)

    @property
    def nbytes(self) -> int:
        return self._fine.nbytes + self._blocks.nbytes


def with_room(array: Array, count: int) -> Array:
    """Return the array (lanes, …), grown by doubling until ``count`` fit."""
    while count > array.shape[1]:
        array = np.concatenate([array, np.empty_like(array)], axis=1)
    return array
