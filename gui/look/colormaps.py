"""Values to colours: a diverging map, blue through neutral to orange, that colour-blind eyes can read.

The neutral centre is the plot's background, so that zero recedes in light and dark alike. What is
not finite gets no colour at all: it stays transparent, and the map's hatching shows through.
"""

from functools import cache

import numpy as np
from numpy import ndarray as Array

from engine.spec.palette import shades

LEVELS = 255  # odd, so that zero has a colour of its own
NOT_FINITE = LEVELS  # the table's last place
MOST_DECADES = 6  # of a logarithmic scale to each side
_LIGHT = ("#0b4a8f", "#6aaed6", "#ffffff", "#f6a75a", "#a34700")
_DARK = ("#9fd2ff", "#2f7fc4", "#1b1f24", "#c96a1b", "#ffc489")


@cache
def diverging(dark: bool) -> Array:
    """Return ``(LEVELS + 1, 4)`` of uint8: colours from lowest to highest, and a transparent last one."""
    table = np.zeros((LEVELS + 1, 4), np.uint8)
    table[:LEVELS, :3] = shades(_DARK if dark else _LIGHT, LEVELS)
    table[:LEVELS, 3] = 255
    table.flags.writeable = False
    return table


def levels(values: Array, scale: float) -> Array:
    """Return the place in ``diverging`` of every value on the symmetric scale −scale … scale, as uint8."""
    half = LEVELS // 2
    placed = values * (half / scale if 0 < scale < np.inf else 1.0)
    np.clip(placed, -half, half, out=placed)
    placed += half + 0.5  # rounds, as the conversion cuts off
    finite = np.isfinite(values)
    if finite.all():
        return placed.astype(np.uint8)
    return np.where(finite, placed, NOT_FINITE).astype(np.uint8)


def ratio_levels(values: Array, middle: float, decades: float) -> Array:
    """Return levels on a logarithmic scale around ``middle``: as many powers of ten below it as above.

    What is not above 0 has no place on it.
    """
    with np.errstate(all="ignore"):
        return levels(np.log10(values / middle, dtype=float), decades)


def decades_around(middle: float, *matrices: Array | None) -> int:
    """Count the powers of ten that the values lie apart from ``middle``, at least 1, at most ``MOST_DECADES``."""
    farthest = 0.0
    with np.errstate(all="ignore"):
        for matrix in matrices:
            if matrix is not None:
                away = np.abs(np.log10(matrix / middle, dtype=float))
                farthest = max(farthest, float(np.max(away, where=np.isfinite(away), initial=0)))
    return min(max(int(np.ceil(farthest - 0.01)), 1), MOST_DECADES)


def is_light(rgba: Array) -> Array:
    """Tell whether dark text reads better on each colour (WCAG's relative luminance against its midpoint)."""
    linear = (rgba[..., :3] / 255.0) ** 2.2
    return linear @ np.array([0.2126, 0.7152, 0.0722]) > 0.18
