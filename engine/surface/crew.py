"""Threads that share out the chunks of points between them, for a slice of time."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import numpy as np
from numpy import ndarray as Array

from engine.pace import SLICE

from .landscape import Landscape, Scratchpad

Task = tuple[int, int]  # a chunk's number and a block's


class Crew:
    """As many as there are processors, the calling thread among them: NumPy lets go of the interpreter's lock.

    Use it in a ``with``, at whose end its threads end.
    """

    def __init__(self, landscape: Landscape):
        self._landscape = landscape
        count = (os.cpu_count() or 1) if landscape.in_threads else 1
        self._pads = [landscape.scratchpad() for _ in range(count)]
        self._pool = ThreadPoolExecutor(count - 1, "surface") if count > 1 else None

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown()

    def losses(self, x: Array, y: Array) -> Iterator[tuple[float, Array | None]]:
        """Work for a slice of time, then tell which share is done; with the last, the losses at the places (P,)."""
        chunks = -(-len(x) // self._landscape.points)
        blocks = len(self._landscape.blocks)
        tasks = iter([(chunk, block) for chunk in range(chunks) for block in range(blocks)])
        found = np.empty((blocks, len(x)))
        done = 0
        while done < chunks * blocks:
            done += self._slice(tasks, x, y, found)
            yield done / (chunks * blocks), None
        yield 1.0, found.sum(axis=0)

    def _slice(self, tasks: Iterator[Task], x: Array, y: Array, found: Array) -> int:
        end = perf_counter() + SLICE
        mine, *others = self._pads
        helpers = [self._pool.submit(self._work, tasks, x, y, found, pad, end) for pad in others if self._pool]
        return self._work(tasks, x, y, found, mine, end) + sum(helper.result() for helper in helpers)

    def _work(self, tasks: Iterator[Task], x: Array, y: Array, found: Array, pad: Scratchpad, end: float) -> int:
        """Take tasks, while there are any, until the slice ends; returns how many."""
        landscape, taken = self._landscape, 0
        with np.errstate(all="ignore"):  # overflow and NaN are values here, to be seen
            for chunk, block in tasks:
                part = slice(chunk * landscape.points, (chunk + 1) * landscape.points)
                found[block, part] = landscape.losses(x[part], y[part], landscape.blocks[block], pad)
                taken += 1
                if perf_counter() >= end:
                    break
        return taken
