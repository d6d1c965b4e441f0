r"""The exponential running mean of all lanes' losses, and the mean of their logarithm, kept up as the losses come.

.. math::
    m_k = \beta m_{k-1} + (1 - \beta) L_k, \qquad c_k = \beta c_{k-1} + (1 - \beta), \qquad \bar L_k = m_k / c_k

A mean begun at 0 leans towards 0; dividing by what the weights so far add up to, :math:`c_k = 1 - \beta^k`, takes that
away, as in Adam. A value that is not finite has no weight in either, and stands as it is in the mean's place.
"""

import numpy as np
from numpy import ndarray as Array

from engine.run.series import Bundle

ROW = 32  # values whose means are one product with a matrix
MOST_AT_ONCE = 1 << 13  # steps that are taken in at once: they stay within a processor's cache


class RunningMean:
    """Smooth losses. ``smoothing``, above 0 and below 1, is the share that each step keeps of the mean before it."""

    def __init__(self, values: Bundle, smoothing: float):
        self.smoothing = smoothing
        self._values = values
        powers = smoothing ** np.arange(ROW + 1)
        self._fading = powers[1:]  # what is left of the mean before, after 1, 2, 3 … values
        behind = np.subtract.outer(np.arange(ROW), np.arange(ROW))
        self._weights = np.where(behind >= 0, powers[np.abs(behind)], 0).T * (1 - smoothing)
        self._begin()

    def _begin(self) -> None:
        self._means = Bundle(self._values.lanes)
        self._mean, self._sum = np.zeros((self._values.lanes, 1)), np.zeros((1, 1))  # the latter alike in all lanes
        self._cuts = self._values.cuts

    def means(self) -> Bundle:
        """Return the mean at every step, up to the newest."""
        if self._cuts != self._values.cuts:
            self._begin()
        while (done := len(self._means)) < len(self._values):
            self._take(self._values.values[:, done : done + MOST_AT_ONCE])
        return self._means

    def _take(self, values: Array) -> None:
        finite = np.isfinite(values)
        if finite.all():
            weights, weighted = np.ones((len(self._sum), values.shape[1])), values
        else:
            weights, weighted = finite.astype(float), np.where(finite, values, 0)
        means, sums = self._faded(weighted, self._mean), self._faded(weights, self._sum)
        self._mean, self._sum = means[:, -1:], sums[:, -1:]
        with np.errstate(invalid="ignore"):
            means = means / sums
        self._means.extend(means if weighted is values else np.where(finite, means, values))

    def _faded(self, values: Array, before: Array) -> Array:
        """Return the running sums of (lanes, steps), which go on from those ``before``."""
        lanes, count = values.shape
        rows = np.zeros((lanes, -(-count // ROW), ROW))
        rows.reshape(lanes, -1)[:, :count] = values
        sums = np.einsum("ij,jk->ik", rows.reshape(-1, ROW), self._weights).reshape(rows.shape)
        for row in range(sums.shape[1]):  # a row goes on from where the one before it ended
            sums[:, row] += before * self._fading
            before = sums[:, row, -1:]
        return sums.reshape(lanes, -1)[:, :count].copy()


class MeanLog:
    """Keep the mean of log10 of all values: the area under the curve on a logarithmic axis, per step."""

    def __init__(self, values: Bundle):
        self._values = values
        self._begin()

    def _begin(self) -> None:
        self._sums, self._cuts = [np.zeros(self._values.lanes)], self._values.cuts  # of every full ``MOST_AT_ONCE``

    def means(self, until: int) -> list[float]:
        """Return each lane's mean up to step ``until``; NaN where there is none, or a value has no logarithm."""
        if self._cuts != self._values.cuts:
            self._begin()
        until = min(until, len(self._values))
        full = until // MOST_AT_ONCE
        while len(self._sums) <= full:
            self._sums.append(self._sums[-1] + self._logs((len(self._sums) - 1) * MOST_AT_ONCE, MOST_AT_ONCE))
        rest = self._logs(full * MOST_AT_ONCE, until - full * MOST_AT_ONCE)
        return ((self._sums[full] + rest) / until if until else np.full(self._values.lanes, np.nan)).tolist()

    def _logs(self, begin: int, count: int) -> Array:
        values = self._values.values[:, begin : begin + count]
        with np.errstate(all="ignore"):
            return np.log10(np.where(values > 0, values, np.nan)).sum(axis=1)
