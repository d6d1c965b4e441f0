"""Rounding that piles up: since when, and whether at random or always to the same side."""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Growth

SAMPLES = 256  # weights, evenly spread, that stand for all
ALIGNED = 0.5  # cosine between the way so far and the way since
GROWN = 1.4  # times as far: at random it is the root of 2 in the mean


class DriftState(NamedTuple):
    """Hold ``since`` when a pair drifts and how it grows; ``apart``: weights' distances at the last power of two."""

    since: int | None = None
    growth: Growth = "random"
    apart: Array | None = None


class DriftMonitor:
    """Look at steps that are powers of two: over twice the steps a random walk goes another way."""

    def __init__(self) -> None:
        self.state = DriftState()

    def leave(self, step: int) -> None:
        """Take down that the pair was out of ``assert_close``'s tolerance at this step."""
        if self.state.since is None:
            self.state = self.state._replace(since=step)

    def look(self, diy: Array, torch: Array) -> None:
        """Take down both lanes' weights at a power of two."""
        every = max(1, -(-diy.size // SAMPLES))
        with np.errstate(all="ignore"):
            apart = diy[::every].astype(np.float64) - torch[::every]
        before, growth = self.state.apart, self.state.growth
        if before is not None:
            growth = "steady" if _is_steady(before, apart) else "random"
        self.state = self.state._replace(growth=growth, apart=apart)


def _is_steady(before: Array, apart: Array) -> bool:
    with np.errstate(all="ignore"):
        way, since = np.linalg.norm(before), np.linalg.norm(apart - before)
        is_aligned = before @ (apart - before) > ALIGNED * way * since
        return bool(is_aligned and np.linalg.norm(apart) > GROWN * way)
