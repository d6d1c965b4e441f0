"""The scale that a surface's losses are drawn on, in the window and in a report alike."""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

USUAL = (2, 98)  # percent of the points
MARGIN = 1  # decades beyond the usual losses that are told apart: a perfect fit must not hide the rest


class LossScale(NamedTuple):
    """Scale losses from ``low`` to ``high``, which are logarithms where ``log``: where no loss is below 0."""

    log: bool
    low: float
    high: float

    @property
    def flat(self) -> bool:
        """Tell whether it has no length: all losses are one."""
        return not self.high > self.low

    def heights(self, losses: Array) -> Array:
        """Return the losses as they are on the scale, within its ends; NaN for what is not finite."""
        with np.errstate(divide="ignore", invalid="ignore"):
            heights = np.log10(losses) if self.log else losses
        return np.where(np.isfinite(losses), np.clip(heights, self.low, self.high), np.nan)


def loss_scale(losses: Array) -> LossScale | None:
    """Return the scale for these losses; None where none is finite."""
    finite = losses[np.isfinite(losses)]
    if not finite.size:
        return None
    log = bool(finite.min() >= 0 and finite.max() > 0)
    heights = np.log10(finite[finite > 0]) if log else finite
    low, high = float(heights.min()), float(heights.max())
    if log:
        usual_low, usual_high = np.percentile(heights, USUAL)
        low, high = max(low, float(usual_low) - MARGIN), min(high, float(usual_high) + MARGIN)
    return LossScale(log, low, high)
