"""Threads that share out the chunks of points between them, for a slice of time."""

import itertools
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from time import perf_counter

import numpy as np
from numpy import ndarray as Array

from engine.pace import SLICE

from .landscape import Landscape, Scratchpad

Task = tuple[slice, int]  # a chunk of the points, and the number of a block of rows


class WorkerPool:
    """Compute losses in as many threads as there are processors, the calling one among them.

    NumPy lets go of the interpreter's lock meanwhile. Use it in a ``with``, at whose end its threads end.
    """

    def __init__(self, landscape: Landscape):
        self._landscape = landscape
        count = (os.cpu_count() or 1) if landscape.in_threads else 1
        self._mine, *self._others = [landscape.scratchpad() for _ in range(count)]
        self._pool = ThreadPoolExecutor(max(count - 1, 1), "surface")
        self._helpers: dict[int, Future[None]] = {}  # what the other threads do
        self._end = 0.0

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def losses(self, x: Array, y: Array) -> Iterator[tuple[float, Array | None]]:
        """Work for a slice of time, then yield which share is begun; with the last, the losses (P,) at x and y (P,).

        Between two slices nobody begins anything, but what a thread has begun it ends.
        """
        places = np.stack((np.ones_like(x), x, y), axis=1)
        tasks = deque(itertools.product(self._shared_out(len(x)), range(len(self._landscape.blocks))))
        count = len(tasks)
        found = np.empty((len(self._landscape.blocks), len(x)))
        while tasks:
            self._slice(tasks, places, found)
            yield 1 - len(tasks) / count, None
        for helper in self._helpers.values():
            helper.result()
        yield 1.0, found.sum(axis=0)

    def _slice(self, tasks: deque[Task], places: Array, found: Array) -> None:
        self._end = perf_counter() + SLICE
        for number, pad in enumerate(self._others):
            if number not in self._helpers or self._helpers[number].done():
                if number in self._helpers:
                    self._helpers[number].result()  # an error in it is one of ours
                self._helpers[number] = self._pool.submit(self._work, tasks, places, found, pad)
        self._work(tasks, places, found, self._mine)

    def _shared_out(self, points: int) -> list[slice]:
        """Return as many chunks for each thread as for any other, all of about one size."""
        threads = len(self._others) + 1
        rounds = -(-max(points, 1) // (self._landscape.points * threads))
        size = -(-points // (rounds * threads))
        return [slice(begin, begin + size) for begin in range(0, points, size)]

    def _work(self, tasks: deque[Task], places: Array, found: Array, pad: Scratchpad) -> None:
        """Take tasks, while there are any, until the slice ends."""
        landscape = self._landscape
        with np.errstate(all="ignore"):  # overflow and NaN are values here, to be seen
            while (task := next_of(tasks)) is not None:
                part, block = task
                found[block, part] = landscape.losses(places[part], landscape.blocks[block], pad)
                if perf_counter() >= self._end:
                    break


def next_of(tasks: deque[Task]) -> Task | None:
    """Take the next task out, None where none is left; another thread may take the last one meanwhile."""
    try:
        return tasks.popleft()
    except IndexError:
        return None
