"""Looks at every step, cheaply: a pair that is suddenly farther apart than it was has had something happen to it.

A mistake that shows at each step is found by the steps that are judged anyway. One that shows at few (a clip that
binds, a counter that runs over, a sign that turns) makes the lanes jump apart, from what rounding leaves to what the
mistake makes. Rounding alone does not jump: it grows, even in chaos, by a factor a step. What stays unseen here is a
mistake at rare steps that is smaller than the drift already there.
"""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

JUMP = 8.0  # times as far apart as before
ROUNDINGS = 16.0  # of the largest number of a tensor: nearer than that nothing is sudden
SPAN = 64  # steps
FADES = 0.9  # of what was before is remembered from span to span: what flickers is no news for a thousand steps


class ScreenState(NamedTuple):
    """Keep the largest relative distance of each tensor in this span of steps, and in those before, faded."""

    now: Array
    before: Array


class Screen:
    """Look at every step. ``dtype`` is the run's; a block of steps must not reach over the end of a span."""

    def __init__(self, tensors: int, dtype: str):
        self._least = ROUNDINGS * float(np.finfo(dtype).eps)
        self.state = ScreenState(np.zeros(tensors), np.zeros(tensors))

    def sudden(self, done: int, distances: Array, magnitudes: Array) -> list[int]:
        """Return the steps after ``done`` at which a tensor's lanes jumped apart; rows are steps, columns tensors."""
        now, before = self.state
        if begins_span(done + 1):
            now, before = np.zeros_like(now), np.maximum(now, FADES * before)
        with np.errstate(all="ignore"):
            relative = np.where(distances > 0, distances / np.where(magnitudes > 0, magnitudes, 1), 0.0)
        relative = np.where(np.isfinite(relative), np.minimum(relative, 1e300), 1e300)
        largest = np.maximum.accumulate(np.vstack((now, relative)))
        known = np.maximum(np.maximum(largest[:-1], before), self._least / JUMP)
        self.state = ScreenState(largest[-1], before)
        return [done + 1 + int(row) for row in np.flatnonzero((relative > JUMP * known).any(axis=1))]


def begins_span(step: int) -> bool:
    """Tell whether a step is a span's first. Spans begin at multiples, so that such steps are a block's first."""
    return step % SPAN == 0
