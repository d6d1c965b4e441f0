"""Where each optimizer entry's weights have been: a bounded number of points, those that give the paths their shape."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy import ndarray as Array

MOST = 512  # points an entry
FEWEST = 4
BUDGET = 32_000_000  # bytes of all entries together, as long as that leaves the fewest
EACH = 1024  # steps that are all looked at; of twice as many every second one, and so on
LOOKED_AT = 64  # weights at the most by which a path's shape is judged, spread over all
FAR = 10  # times the start's length, and the usual way, off the start: no picture shows a point there


class Plane(Protocol):
    def project(self, points: Array) -> tuple[Array, Array]:
        """Return the places on the plane of points (P, n)."""
        ...


class KeptPoints(NamedTuple):
    """Hold the ``steps`` that are kept, each entry's ``points`` (P, n) there, and the ``last``, of step ``newest``."""

    steps: tuple[int, ...]
    points: Mapping[int, Array]
    newest: int
    last: Mapping[int, Array]


class Trajectories:
    """Keep the start, the newest step, and between them steps where a path turns, the same for all entries.

    A run's quick beginning keeps its points however long its end goes on. Of an entry with both lanes it is DIY's
    path. ``cuts`` counts how often points were forgotten that a fork left.
    """

    def __init__(self, start: Sequence[Array], entries: Sequence[int]):
        first = flat(start)
        fitting = BUDGET // max(first.nbytes * len(entries), 1)
        self._most = min(MOST, max(FEWEST, fitting))
        self._each = min(EACH, 8 * self._most)
        self.cuts = 0
        self._steps = [0]
        self._points: dict[int, list[Array]] = {entry: [first] for entry in entries}
        self._newest: tuple[int, dict[int, Array]] = (0, dict.fromkeys(entries, first))

    def rows(self, done: int, count: int) -> range:
        """Return which of the ``count`` steps after step ``done`` are to be looked at, counted from 1."""
        stride = 1
        while stride * self._each < done:
            stride *= 2
        return range(stride - done % stride, count + 1, stride)

    def extend(self, done: int, count: int, points: Mapping[int, Sequence[Array]]) -> None:
        """Take down a block of steps: of each entry the points after those of its ``rows``, then after the last."""
        steps = [done + row for row in self.rows(done, count)]
        self._steps += steps
        for entry, found in points.items():
            self._points[entry] += found[: len(steps)]
        self._newest = done + count, {entry: found[-1] for entry, found in points.items()}
        if len(self._steps) > self._most:
            self._thin_out()

    def _thin_out(self) -> None:
        """Keep half of what there is room for."""
        kept = kept_points([*self._points.values()], max(self._most // 2, 2)).tolist()
        self._steps = [self._steps[place] for place in kept]
        self._points = {entry: [points[place] for place in kept] for entry, points in self._points.items()}

    def truncate(self, step: int, points: Mapping[int, Array]) -> None:
        """Forget what came after ``step``, where the weights are ``points``."""
        self.cuts += 1
        count = bisect_right(self._steps, step)
        self._steps = self._steps[:count]
        self._points = {entry: found[:count] for entry, found in self._points.items()}
        self._newest = step, dict(points)

    def kept(self) -> "KeptPoints":
        """Return all that is kept, each point as it is."""
        newest, last = self._newest
        return KeptPoints(
            tuple(self._steps), {entry: np.array(rows) for entry, rows in self._points.items()}, newest, dict(last)
        )

    def put(self, kept: "KeptPoints") -> None:
        """Take an earlier run's points in the place of its own."""
        self._steps = list(kept.steps)
        self._points = {entry: [row.copy() for row in rows] for entry, rows in kept.points.items()}
        self._newest = kept.newest, dict(kept.last)

    @property
    def entries(self) -> tuple[int, ...]:
        return tuple(self._points)

    @property
    def steps(self) -> Array:
        """Return the steps after which the points lie: 0 is the start, the last is the newest step."""
        newest = self._newest[0]
        return np.array(self._steps if self._steps[-1] == newest else [*self._steps, newest])

    def points(self, entry: int, places: Sequence[int] | None = None) -> Array:
        """Return a row for each of the ``steps``, or of those at ``places``: all weights end to end, in float64."""
        rows = self._points[entry]
        if self._steps[-1] != self._newest[0]:
            rows = [*rows, self._newest[1][entry]]
        return np.array(rows if places is None else [rows[place] for place in places], np.float64)

    def of(self, entry: int) -> tuple[Array, Array]:
        """Return the steps and the points of an entry."""
        return self.steps, self.points(entry)


def flat(weights: Sequence[Array]) -> Array:
    """Return a copy of all weights end to end."""
    return np.concatenate(weights, axis=None)


def kept_points(paths: Sequence[Sequence[Array]], count: int) -> Array:
    """Return the ``count`` places at which equally long paths keep their shape best; the first and last always.

    Again and again those places go, no two of them neighbours, at which all paths are nearest to the straight line
    between what is left on both sides (Visvalingam and Whyatt, 1993, with the distance for the area).
    """
    shapes = [_shape(path) for path in paths]
    kept = np.arange(len(paths[0]))
    while len(kept) > count:
        turns = np.max([_turns(shape[kept]) for shape in shapes], axis=0)
        most = np.partition(turns, len(kept) - count - 1)[len(kept) - count - 1]
        lowest = _lowest(turns)
        lowest = lowest[turns[lowest] <= most]
        gone = lowest[np.argsort(turns[lowest], kind="stable")[: len(kept) - count]]
        kept = np.delete(kept, gone + 1)
    return kept


def _lowest(turns: Array) -> Array:
    """Return the places at which no neighbour's turn is less; of equal ones beside each other every second."""
    left, right = np.append(np.inf, turns[:-1]), np.append(turns[1:], np.inf)
    places = np.flatnonzero((turns <= left) & (turns <= right))
    counts = np.arange(len(places))
    begins = np.maximum.accumulate(np.where(np.diff(places, prepend=-2) > 1, counts, 0))
    return places[(counts - begins) % 2 == 0]


def _shape(path: Sequence[Array]) -> Array:
    """Return a path's points (P, n) from its start as shares of its farthest. What no picture shows is at the start."""
    every = -(-len(path[0]) // LOOKED_AT)
    points = np.array([point[::every] for point in path], np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        way = points - points[0]
        far = np.sqrt(np.sum(way * way, axis=1))
        finite = np.isfinite(far)
        usual = float(np.median(far[finite]))
        seen = finite & (far <= FAR * (np.sqrt(np.sum(points[0] ** 2)) + usual))
    scale = float(far[seen].max()) or 1.0
    return np.where(seen[:, None], way, 0.0) / scale


def _turns(points: Array) -> Array:
    """How far each point but the first and the last (P − 2,) is from the line between its neighbours."""
    before, across = points[1:-1] - points[:-2], points[2:] - points[:-2]
    length = np.einsum("ij,ij->i", across, across)
    along = np.einsum("ij,ij->i", before, across) / np.where(length > 0, length, 1.0)
    off = before - np.clip(along, 0.0, 1.0)[:, None] * across
    return np.einsum("ij,ij->i", off, off)
