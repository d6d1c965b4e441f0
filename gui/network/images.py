"""Matrices as small pictures in the colours of the heatmaps: a connection, a block of units, a unit's response."""

from functools import cache

import numpy as np
from numpy import ndarray as Array
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPolygonF

from engine.protocol import Responses
from gui.look.colormaps import LEVELS, diverging, levels

from .geometry import block_cells

UNUSED = 255  # the place in the colour table of what is not there


@cache
def color_table(dark: bool) -> list[int]:
    """Return the diverging colours as Qt's images of 256 colours have them; the last is transparent."""
    return [QColor(*map(int, color)).rgba() for color in diverging(dark)]


def color_of(value: float, scale: float, dark: bool) -> QColor:
    """Return the colour of a number on the scale −scale … scale; transparent where it is not finite."""
    place = int(levels(np.array([value], float), scale)[0])
    return QColor.fromRgba(color_table(dark)[place])


def sign_color(share: float, dark: bool) -> QColor:
    """Return the colour of a line for −1 … 1: never so pale as to be lost on the ground."""
    half = LEVELS // 2
    place = half + round(half * (0.45 + 0.55 * abs(share)) * (1 if share > 0 else -1))
    return QColor.fromRgba(color_table(dark)[place])


def image_of(matrix: Array, scale: float, dark: bool) -> QImage:
    """Return a matrix as an image, a pixel a number, rows down."""
    places = np.ascontiguousarray(levels(np.asarray(matrix, float), scale))
    rows, columns = places.shape
    image = QImage(places.tobytes(), columns, rows, columns, QImage.Format.Format_Indexed8)
    image.setColorTable(color_table(dark))
    return image.copy()  # the bytes are ours, and gone with this function


def block_image(values: Array, units: int, scale: float, dark: bool) -> QImage:
    """Return the units of a block, a pixel each, row by row; a cell that has no unit is transparent."""
    across, down, _ = block_cells(units)
    cells = np.full(across * down, np.nan)
    cells[: len(values)] = values[: across * down]
    return image_of(cells.reshape(down, across), scale, dark)


class ResponseImages:
    """Keep the images of the responses on screen: they change some times a second, and are painted at each frame."""

    def __init__(self) -> None:
        self._of: tuple[object, bool] = (None, False)
        self._images: dict[tuple[int, int], QImage] = {}

    def image(self, responses: Responses, column: int, unit: int, scale: float, dark: bool) -> QImage | None:
        """Return a unit's response over the plane, with y upwards; None where it is not known."""
        layer = responses.layers[column - 1]
        if layer is None:
            return None
        if responses is not self._of[0] or dark != self._of[1]:
            self._of, self._images = (responses, dark), {}
        if (column, unit) not in self._images:
            made = image_of(layer[unit][::-1], scale, dark)  # y from lowest to highest
            self._images[column, unit] = made.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        return self._images[column, unit]


def response_curve(response: Array, scale: float) -> QPolygonF:
    """Return a unit's response along one input, in a square from −1 to 1 with y downwards; gaps are left out."""
    scale = scale if 0 < scale < np.inf else 1.0
    places = np.linspace(-1, 1, len(response))
    values = np.clip(response / scale, -1, 1)
    return QPolygonF([QPointF(x, -y) for x, y in zip(places, values, strict=True) if np.isfinite(y)])


def largest(*parts: Array | None) -> float:
    """Return the largest finite magnitude in any of them; 0 where there is none."""
    found = 0.0
    for part in parts:
        if part is not None and part.size:
            found = max(found, float(np.max(np.abs(part), where=np.isfinite(part), initial=0)))
    return found
