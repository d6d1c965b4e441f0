"""Where each optimizer entry's weights have been: a bounded number of points, evenly spread over the run."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy import ndarray as Array

MOST = 512  # points an entry
FEWEST = 4
BUDGET = 32_000_000  # bytes of all entries together, as long as that leaves the fewest


class Paths:
    """Every ``stride``-th step from the start on, and the newest. The stride doubles when there are too many.

    Of an entry with both lanes it is DIY's path. ``cuts`` counts how often points were forgotten that a fork left.
    """

    def __init__(self, start: Sequence[Array], entries: Sequence[int]):
        first = flat(start)
        fitting = BUDGET // max(first.nbytes * len(entries), 1)
        self._most = min(MOST, max(FEWEST, fitting))
        self.stride = 1
        self.cuts = 0
        self._steps = [0]
        self._points: dict[int, list[Array]] = {entry: [first] for entry in entries}
        self._newest: tuple[int, dict[int, Array]] = (0, dict.fromkeys(entries, first))

    def rows(self, done: int, count: int) -> range:
        """Which of the ``count`` steps after step ``done`` are to be kept, counted from 1."""
        first = self.stride - done % self.stride
        return range(first, count + 1, self.stride)

    def extend(self, done: int, count: int, points: Mapping[int, Sequence[Array]]) -> None:
        """Take down a block of steps: of each entry the points after those of its ``rows``, then after the last."""
        steps = [done + row for row in self.rows(done, count)]
        self._steps += steps
        for entry, found in points.items():
            self._points[entry] += found[: len(steps)]
        self._newest = done + count, {entry: found[-1] for entry, found in points.items()}
        while len(self._steps) > self._most:
            self._thin_out()

    def _thin_out(self) -> None:
        self.stride *= 2
        self._steps = self._steps[::2]
        self._points = {entry: points[::2] for entry, points in self._points.items()}

    def truncate(self, step: int, points: Mapping[int, Array]) -> None:
        """Forget what came after ``step``, where the weights are ``points``."""
        self.cuts += 1
        count = step // self.stride + 1
        self._steps = self._steps[:count]
        self._points = {entry: found[:count] for entry, found in self._points.items()}
        self._newest = step, dict(points)

    @property
    def entries(self) -> tuple[int, ...]:
        return tuple(self._points)

    @property
    def steps(self) -> Array:
        """The steps after which the points lie: 0 is the start, the last is the newest step."""
        newest = self._newest[0]
        return np.array(self._steps if self._steps[-1] == newest else [*self._steps, newest])

    def points(self, entry: int, places: Sequence[int] | None = None) -> Array:
        """A row for each of the ``steps``, or of those at ``places``: all weights end to end, in float64."""
        rows = self._points[entry]
        if self._steps[-1] != self._newest[0]:
            rows = [*rows, self._newest[1][entry]]
        return np.array(rows if places is None else [rows[place] for place in places], np.float64)

    def of(self, entry: int) -> tuple[Array, Array]:
        """The steps and the points of an entry."""
        return self.steps, self.points(entry)


def flat(weights: Sequence[Array]) -> Array:
    """A copy of all weights end to end."""
    return np.concatenate(weights, axis=None)
