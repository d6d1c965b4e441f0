"""Seconds of compute that each lane has taken, step by step: what a race is measured by.

Seconds are measured, so no two runs have the same. A replay takes them again and is not counted: a recorded
step was taken once. Steps under a line breakpoint are watched while they are measured, and take longer.
"""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray as Array

MOST = 4096  # marks; at so many, those in between are a straight line's


class ComputeTime:
    """Keep each lane's seconds of compute up to a step. Between two marks every step counts as taking equally long."""

    def __init__(self, lanes: int):
        self._steps = np.zeros(MOST)
        self._seconds = np.zeros((lanes, MOST))
        self._count = 1  # of the marks; the first is the start

    def add(self, step: int, seconds: Sequence[float]) -> None:
        """Take down that each lane took ``seconds`` from the last mark to ``step``."""
        if self._count == MOST:
            self._thin_out()
        self._steps[self._count] = step
        self._seconds[:, self._count] = self._seconds[:, self._count - 1] + seconds
        self._count += 1

    def _thin_out(self) -> None:
        """Every other mark; the start and the newest stay."""
        kept = np.unique([*range(0, self._count, 2), self._count - 1])
        self._steps[: len(kept)], self._seconds[:, : len(kept)] = self._steps[kept], self._seconds[:, kept]
        self._count = len(kept)

    def truncate(self, step: int) -> None:
        """Forget what came after ``step``."""
        if step >= self._steps[self._count - 1]:
            return
        until = [float(self.seconds(lane, [step])[0]) for lane in range(len(self._seconds))]
        self._count = int(np.searchsorted(self._steps[: self._count], step))  # those before it
        if step == 0:
            self._count = 1
            return
        self._steps[self._count], self._seconds[:, self._count] = step, until
        self._count += 1

    @property
    def marks(self) -> tuple[Array, Array]:
        """Return the steps of the marks, and each lane's seconds at them, (lanes, marks): views."""
        return self._steps[: self._count], self._seconds[:, : self._count]

    def put(self, steps: Array, seconds: Array) -> None:
        """Take an earlier run's marks in the place of its own."""
        self._count = len(steps)
        self._steps[: self._count], self._seconds[:, : self._count] = steps, seconds

    def seconds(self, lane: int, steps: Array | Sequence[float]) -> Array:
        """Return the seconds that a lane had taken when ``steps`` were done."""
        return np.asarray(np.interp(steps, self._steps[: self._count], self._seconds[lane, : self._count]))

    def steps(self, lane: int, seconds: float) -> float:
        """Return how far a lane had come after so many seconds; beyond what is measured it is where that ends."""
        return float(np.interp(seconds, self._seconds[lane, : self._count], self._steps[: self._count]))

    def total(self, lane: int) -> float:
        return float(self._seconds[lane, self._count - 1])
