r"""The exponential running mean of a series, and the mean of its logarithm, kept up as the series grows.

.. math::
    m_k = \beta m_{k-1} + (1 - \beta) L_k, \qquad \bar L_k = m_k / (1 - \beta^k)

A mean begun at 0 leans towards 0; dividing by what the weights so far add up to takes that away, as in Adam. A value
that is not finite stands as it is, and the mean goes on behind it as if it had not been.
"""

from itertools import accumulate

import numpy as np
from numpy import ndarray as Array

from engine.series import Series

ROW = 32  # values whose means are one product with a matrix
MOST_AT_ONCE = 1 << 16  # values that are taken in at once: they stay within a processor's cache


class RunningMean:
    """``smoothing``, above 0 and below 1, is the share that each step keeps of the mean before it."""

    def __init__(self, values: Series, smoothing: float):
        self.smoothing = smoothing
        self._values, self._cuts = values, values.cuts
        powers = smoothing ** np.arange(ROW + 1)
        self._fading = powers[1:]  # what is left of the mean before, after 1, 2, 3 … values
        behind = np.subtract.outer(np.arange(ROW), np.arange(ROW))
        self._weights = np.where(behind >= 0, powers[np.abs(behind)], 0).T * (1 - smoothing)
        self._begin()

    def _begin(self) -> None:
        self._means = Series()
        self._mean, self._finite = 0.0, 0  # without the division; how many values it is of
        self._cuts = self._values.cuts

    def series(self) -> Series:
        """The mean at every step, up to the newest."""
        if self._cuts != self._values.cuts:
            self._begin()
        while (done := len(self._means)) < len(self._values):
            self._take(self._values.values[done : done + MOST_AT_ONCE])
        return self._means

    def _take(self, values: Array) -> None:
        finite = np.isfinite(values)
        means = values.copy()
        means[finite] = self._of(values[finite])
        self._means.extend(means)

    def _of(self, values: Array) -> Array:
        """The means of finite values, which follow those taken in before."""
        if not len(values):
            return values
        rows = np.zeros((-(-len(values) // ROW), ROW))
        rows.flat[: len(values)] = values
        means, left = np.einsum("ij,jk->ik", rows, self._weights), float(self._fading[-1])
        ends = means[:-1, -1].tolist()
        before = np.array(list(accumulate(ends, lambda mean, end: mean * left + end, initial=self._mean)))
        means += before[:, None] * self._fading  # a row goes on from where the one before it ended
        found = means.ravel()[: len(values)]
        self._mean = float(found[-1])
        counts = self._finite + np.arange(1.0, len(values) + 1)
        self._finite += len(values)
        return found / -np.expm1(counts * np.log(self.smoothing))


class MeanLog:
    """The mean of log10 of all values: the area under the curve on a logarithmic axis, per step."""

    def __init__(self, values: Series):
        self._values, self._cuts = values, values.cuts
        self._sum, self._count = 0.0, 0

    def value(self) -> float:
        """NaN before the first step, and where a value has no logarithm."""
        if self._cuts != self._values.cuts:
            self._sum, self._count, self._cuts = 0.0, 0, self._values.cuts
        new = self._values.values[self._count :]
        if len(new):
            with np.errstate(all="ignore"):
                self._sum += float(np.sum(np.log10(np.where(new > 0, new, np.nan))))
            self._count += len(new)
        return self._sum / self._count if self._count else float("nan")
