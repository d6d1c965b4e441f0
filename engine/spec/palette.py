"""The optimizer entries' colours, by their places (``ExperimentSpec.colors``): the same in the window and in files.

They keep a CIELAB distance of 16 from each other in eyes with and without red or green cones, and a contrast of 3 with
the plot's background; the theme's test says how it is measured. Sixteen thin lines take more than colour to be told
apart: in a race each has its number too.

A loss surface below their paths has colours near the ground's, so that the paths stand out: they grow steadily darker
(on a dark ground: lighter) with the loss, in steps of equal CIELAB lightness.
"""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray as Array

ON_LIGHT = (
    *("#0072b2", "#c84e00", "#134c3f", "#73006b", "#a69153", "#3318f0", "#5992b2", "#8c0500"),
    *("#3f6633", "#8c8381", "#d21eff", "#000096", "#825078", "#c86ef0", "#500a0a", "#1e46aa"),
)
ON_DARK = (
    *("#56b4e9", "#f0803c", "#40f0b5", "#a65398", "#ffdf7f", "#8640ff", "#79eaf2", "#cc333d"),
    *("#77e61a", "#a69898", "#fffff0", "#b400b4", "#329664", "#9682ff", "#aabe78", "#326e64"),
)
TERRAIN_ON_LIGHT = ("#fdf9f1", "#e3eae2", "#c6dcd7", "#b0cbd1", "#9ebaca", "#92a8c0")
TERRAIN_ON_DARK = ("#171a1d", "#1e2a2d", "#253b3d", "#2d4b50", "#395c68", "#4f6b82")


def on_both(color: str) -> tuple[str, str]:
    """Return the same place's colour on a light ground and on a dark one; one that is of no place is itself on both."""
    for palette in (ON_LIGHT, ON_DARK):
        if color in palette:
            place = palette.index(color)
            return ON_LIGHT[place], ON_DARK[place]
    return color, color


def shades(colors: Sequence[str], count: int) -> Array:
    """Return ``(count, 3)`` of uint8: red, green and blue evenly from the first colour (``#rrggbb``) to the last."""
    stops = np.array([[int(color[place : place + 2], 16) for place in (1, 3, 5)] for color in colors], float)
    at = np.linspace(0, len(stops) - 1, count)
    channels = [np.interp(at, range(len(stops)), stops[:, channel]).round() for channel in range(3)]
    return np.stack(channels, axis=1).astype(np.uint8)
