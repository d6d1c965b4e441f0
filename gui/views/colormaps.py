"""Values to colours: a diverging map, blue through neutral to orange, that colour-blind eyes can read.

The neutral centre is the plot's background, so that zero recedes in light and dark alike. What is
not finite gets no colour at all: it stays transparent, and the map's hatching shows through.
"""

from functools import cache

import numpy as np
from numpy import ndarray as Array

from gui.theme import Theme

LEVELS = 255  # odd, so that zero has a colour of its own
_STOPS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LIGHT = ("#0b4a8f", "#6aaed6", "#ffffff", "#f6a75a", "#a34700")
_DARK = ("#9fd2ff", "#2f7fc4", "#1b1f24", "#c96a1b", "#ffc489")


@cache
def diverging(dark: bool) -> Array:
    """``(LEVELS + 1, 4)`` of uint8: colours from lowest to highest, and a transparent last one."""
    stops = np.array([_rgb(color) for color in (_DARK if dark else _LIGHT)], float)
    at = np.linspace(0, 1, LEVELS)
    table = np.zeros((LEVELS + 1, 4), np.uint8)
    for channel in range(3):
        table[:LEVELS, channel] = np.interp(at, _STOPS, stops[:, channel]).round()
    table[:LEVELS, 3] = 255
    table.flags.writeable = False
    return table


def colored(values: Array, scale: float, theme: Theme) -> Array:
    """RGBA of ``values`` on the symmetric scale −scale … scale; what is not finite is transparent."""
    half = LEVELS // 2
    finite = np.isfinite(values)
    shares = np.divide(
        values, scale if scale > 0 and np.isfinite(scale) else 1.0, where=finite, out=np.zeros(values.shape)
    )
    levels = np.rint(np.clip(shares, -1, 1) * half).astype(np.intp) + half
    levels[~finite] = LEVELS
    return diverging(theme.is_dark)[levels]


def is_light(rgba: Array) -> Array:
    """Whether dark text reads better on each colour (WCAG's relative luminance against its midpoint)."""
    linear = (rgba[..., :3] / 255.0) ** 2.2
    return linear @ np.array([0.2126, 0.7152, 0.0722]) > 0.18


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
