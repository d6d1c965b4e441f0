"""Configurations that are trained as one, and what has become of each: where it began, where it is, how low it was."""

import time
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.lane.batches import Rows

from .single import Single
from .stack import Stack

FAR = 1e3  # times what it began with: from there on a loss counts as diverged
LEAST = 1e-3  # a start below counts as this: from the very bottom it may go up a little


class Turn(NamedTuple):
    """Describe a step for a chunk: its rows, their share of an epoch, and whether it is the epoch's last."""

    rows: Rows
    share: float
    ends_epoch: bool


class Chunk:
    """Train some configurations as one, and keep how low each has come.

    ``reached`` are the losses of the weights as they were last measured, on all rows that train, ``tested`` on those
    that test. ``best`` is the lowest mean over an epoch: of what is batched, single losses tell more of the batch than
    of the weights.
    """

    def __init__(self, numbers: Array, networks: Stack | Single, piece: int, climbs: bool):
        """Begin with configurations ``numbers`` of the sweep, of which ``piece`` are measured at once."""
        self.numbers, self._networks, self._piece, self._climbs = numbers, networks, piece, climbs
        count = len(numbers)
        self.reached, self.tested, self._best, self._start = (np.full(count, np.nan) for _ in range(4))
        self._epoch = np.zeros(count)
        self._step_time = 1e-3  # seconds, as they were last
        self.is_lost = False  # all of them, for good

    def advance(self, turns: Sequence[Turn], seconds: float) -> int:
        """Take as many of these steps as fit the seconds, one at least; return how many."""
        count = min(max(int(seconds / self._step_time), 1), len(turns))
        began = time.perf_counter()
        with np.errstate(all="ignore"):
            for rows, share, ends_epoch in turns[:count]:
                losses = self._networks.step(rows)
                if share < 1:
                    self._epoch += share * losses
                    losses = self._epoch
                if ends_epoch:
                    self._best = np.fmin(self._best, losses)
                    self._epoch = np.zeros_like(self._epoch)
        self._step_time = max((time.perf_counter() - began) / count, 1e-7)
        return count

    @property
    def pieces(self) -> range:
        """Return where the parts begin that are measured at once."""
        return range(0, len(self.numbers), self._piece)

    def measure(self, first: int) -> None:
        """Compute the losses on all rows of the piece that begins at ``first``."""
        last = first + self._piece
        with np.errstate(all="ignore"):
            self.reached[first:last] = self._networks.losses(first, last)
            if (tested := self._networks.test_losses(first, last)) is not None:
                self.tested[first:last] = tested
        if not np.isfinite(self.reached).any():
            self.is_lost = self._networks.is_lost

    def begin(self) -> None:
        """Take what was measured last as the start."""
        self._start = self.reached.copy()

    @property
    def best(self) -> Array:
        """Return each configuration's lowest loss, (count,)."""
        return np.fmin(self._best, self.reached)

    @property
    def diverged(self) -> Array:
        """Return which have no finite loss, or one far above the start where the optimizer is not told to climb."""
        too_far = self.reached > FAR * np.maximum(np.abs(self._start), LEAST)
        return ~np.isfinite(self.reached) | (too_far & (not self._climbs))
