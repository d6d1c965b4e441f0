"""How far two lanes' tensors are apart when those of each step are laid end to end in a row."""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray as Array

from .distances import TOLERANCES, settle
from .records import is_outside


class RowDistances:
    """Compare at most ``rows`` rows of ``width`` numbers; ``starts``: where in a row each tensor begins."""

    def __init__(self, rows: int, width: int, starts: Sequence[int], dtype: str):
        self._starts = starts
        self._rtol, self._atol = TOLERANCES[dtype]
        self._room = np.zeros((rows, width), dtype)
        self.delta = self._torch = self._room[:0]
        self.largest = np.zeros((0, len(starts)), dtype)

    def compare(self, diy: Array, torch: Array) -> Array:
        """Compare rows, and return in which row and tensor every difference was finite, (rows, tensors).

        ``delta`` is then the distance of each number, ``largest`` that of each tensor, (rows, tensors).
        """
        self._torch, self.delta = torch, np.subtract(diy, torch, out=self._room[: len(diy)])
        np.abs(self.delta, out=self.delta)
        self.largest = np.maximum.reduceat(self.delta, self._starts, axis=1)
        finite = np.isfinite(self.largest)
        if not finite.all():
            settle(self.delta, diy, torch)
            self.largest = np.maximum.reduceat(self.delta, self._starts, axis=1)
        return finite

    def first_outside(self) -> int | None:
        """Return the first row that is out of ``assert_close``'s tolerance, from 0."""
        if self.largest.max() <= self._atol:  # no tolerance is below its absolute part
            return None
        outside = is_outside(self.delta, self._torch, self._rtol, self._atol).any(axis=1)
        return int(np.argmax(outside)) if outside.any() else None
