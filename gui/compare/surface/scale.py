"""A surface's losses as colours and contour lines: which colour, which levels. No widgets in here."""

from functools import cache
from math import ceil, floor, log10

import numpy as np
from numpy import ndarray as Array

from engine.protocol import LossScale
from engine.spec.palette import TERRAIN_ON_DARK, TERRAIN_ON_LIGHT, shades
from gui.look.colormaps import LEVELS, NOT_FINITE

MOST_LINES = 14
FIGURES = ((1, 2, 5), (1, 3), (1,))  # of the lines within a decade, the closest first


@cache
def terrain(dark: bool) -> Array:
    """Return ``(LEVELS + 1, 4)`` of uint8: colours from low to high, and a transparent one for what is not finite."""
    table = np.zeros((LEVELS + 1, 4), np.uint8)
    table[:LEVELS, :3] = shades(TERRAIN_ON_DARK if dark else TERRAIN_ON_LIGHT, LEVELS)
    table[:LEVELS, 3] = 255
    table.flags.writeable = False
    return table


def places(scale: LossScale, heights: Array) -> Array:
    """Return the places of heights on the scale in ``terrain``."""
    span = scale.high - scale.low
    at = (heights - scale.low) / span * (LEVELS - 1) if span else np.zeros_like(heights)
    return np.where(np.isfinite(heights), at + 0.5, NOT_FINITE).astype(np.uint8)


def contour_heights(scale: LossScale) -> list[float]:
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
