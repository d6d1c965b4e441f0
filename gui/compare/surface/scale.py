"""A surface's losses as colours and contour lines: which scale, which colour, which levels. No widgets in here.

The colours grow steadily darker (in the dark: lighter) with the loss, in steps of equal CIELAB lightness, and stay
near the plot's background: the entries' colours must stand out from all of them.
"""

from functools import cache
from math import ceil, floor, log10
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from gui.look.colormaps import LEVELS, NOT_FINITE

MOST_LINES = 14
USUAL = (2, 98)  # percent of the points; what is more than a decade beyond has the last colour
FIGURES = ((1, 2, 5), (1, 3), (1,))  # of the lines within a decade, the closest first
_LIGHT = ("#fdf9f1", "#e3eae2", "#c6dcd7", "#b0cbd1", "#9ebaca", "#92a8c0")
_DARK = ("#171a1d", "#1e2a2d", "#253b3d", "#2d4b50", "#395c68", "#4f6b82")


@cache
def terrain(dark: bool) -> Array:
    """Return ``(LEVELS + 1, 4)`` of uint8: colours from low to high, and a transparent one for what is not finite."""
    stops = [[int(color[place : place + 2], 16) for place in (1, 3, 5)] for color in (_DARK if dark else _LIGHT)]
    table = np.zeros((LEVELS + 1, 4), np.uint8)
    at = np.linspace(0, len(stops) - 1, LEVELS)
    for channel, values in enumerate(zip(*stops, strict=True)):
        table[:LEVELS, channel] = np.interp(at, range(len(stops)), values).round()
    table[:LEVELS, 3] = 255
    table.flags.writeable = False
    return table


class Scale(NamedTuple):
    """Scale losses from ``low`` to ``high``, which are logarithms where ``log``: where no loss is below 0."""

    log: bool
    low: float
    high: float

    @property
    def flat(self) -> bool:
        return not self.high > self.low

    def heights(self, losses: Array) -> Array:
        """Return losses as they are on the scale, within its ends; NaN for what is not finite."""
        with np.errstate(divide="ignore", invalid="ignore"):
            heights = np.log10(losses) if self.log else losses
        return np.where(np.isfinite(losses), np.clip(heights, self.low, self.high), np.nan)

    def places(self, heights: Array) -> Array:
        """Return the heights' indices in ``terrain``."""
        span = self.high - self.low
        at = (heights - self.low) / span * (LEVELS - 1) if span else np.zeros_like(heights)
        return np.where(np.isfinite(heights), at + 0.5, NOT_FINITE).astype(np.uint8)


def scale_of(losses: Array) -> Scale | None:
    """Return the scale of the losses, None where none is finite."""
    finite = losses[np.isfinite(losses)]
    if not finite.size:
        return None
    log = finite.min() >= 0 and finite.max() > 0
    heights = np.log10(finite[finite > 0]) if log else finite
    low, high = float(heights.min()), float(heights.max())
    if log:
        usual_low, usual_high = np.percentile(heights, USUAL)
        low, high = max(low, float(usual_low) - 1), min(high, float(usual_high) + 1)
    return Scale(bool(log), low, high)


def contour_heights(scale: Scale) -> list[float]:
    """Return the heights of the lines: round losses, evenly spread over the scale, and not too many."""
    low, high = scale.low, scale.high
    if scale.log and high - low > 1.5:
        return within_decades(low, high)
    if scale.flat:
        return []
    losses = round_between(10**low, 10**high) if scale.log else round_between(low, high)
    return [log10(loss) for loss in losses] if scale.log else losses


def within_decades(low: float, high: float) -> list[float]:
    found: list[float] = []
    for figures in FIGURES:
        found = [power + log10(figure) for power in range(floor(low), ceil(high)) for figure in figures]
        found = [height for height in found if low < height < high]
        if len(found) <= MOST_LINES:
            break
    return found[:: ceil(len(found) / MOST_LINES) or 1]


def round_between(low: float, high: float) -> list[float]:
    """Return about ten round numbers."""
    least = (high - low) / MOST_LINES
    power = 10.0 ** floor(log10(least))
    step = next(figure * power for figure in (1, 2, 5, 10) if figure * power >= least)
    first = floor(low / step) + 1
    return [number * step for number in range(first, ceil(high / step))]
