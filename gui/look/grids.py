"""Values over a grid of evenly spaced points: where its cells lie, which point is nearest, and lines of equal value."""

import numpy as np
from numpy import ndarray as Array
from PySide6.QtCore import QRectF


def cells(x: Array, y: Array) -> QRectF:
    """Return what an image covers whose pixels are centred on the points."""
    dx, dy = x[1] - x[0], y[1] - y[0]
    return QRectF(x[0] - dx / 2, y[0] - dy / 2, x[-1] - x[0] + dx, y[-1] - y[0] + dy)


def nearest(places: Array, place: float) -> int | None:
    """Return the index of the nearest place; None where all are off by more than half the way between two."""
    number = round(float((place - places[0]) / (places[1] - places[0])))
    return number if 0 <= number < len(places) else None


def contour_lines(x: Array, y: Array, heights: Array, levels: list[float]) -> tuple[Array, Array]:
    """Return all lines as one, with NaN between two of them; none through points that are not finite."""
    if not levels:
        return np.empty(0), np.empty(0)
    from contourpy import contour_generator  # only a surface needs it

    generator = contour_generator(x, y, np.ma.masked_invalid(heights))
    gap = np.full((1, 2), np.nan)
    lines = [part for level in levels for line in generator.lines(level) for part in (np.asarray(line), gap)]
    points = np.concatenate(lines) if lines else gap[:0]
    return points[:, 0], points[:, 1]
