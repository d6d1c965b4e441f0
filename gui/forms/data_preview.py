"""A small picture of data: points by their class, a wave over its input, or a plane by its height."""

import numpy as np
from numpy import ndarray as Array
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.spec.data_makers import MadeData
from gui.look.theme import Theme

SIDE, EDGE = 180, 10  # pixels, and those left free around the points
MOST_POINTS = 1000
HALF = 2.6  # of a point


class DataPreview(QWidget):
    """Draw made data. Classes differ by colour and shape; heights go from one class's colour to the other's."""

    def __init__(self, theme: Theme):
        super().__init__()
        self._theme = theme
        self._data: MadeData | None = None
        self.setObjectName("maker_preview")
        self.setAccessibleName(self.tr("Picture of the data"))
        self.setFixedSize(QSize(SIDE, SIDE))

    def show_data(self, data: MadeData | None) -> None:
        """Show these data, or nothing."""
        self._data = data
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.plot_background))
        painter.setPen(QPen(QColor(self._theme.plot_axis)))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._data is not None:
            self._draw(painter, self._data)

    def _draw(self, painter: QPainter, data: MadeData) -> None:
        points = _scaled(data)[:MOST_POINTS]
        is_class = data.y.ndim == 1
        heights = data.y.ravel().astype(float)[:MOST_POINTS]
        shares = np.zeros(len(points)) if data.x.shape[1] == 1 else _share(heights)
        for (x, y), share in zip(points, shares, strict=True):
            color = _between(self._theme.entry_color(0), self._theme.entry_color(1), float(share))
            painter.setPen(QPen(color))
            painter.setBrush(color)
            middle = QPointF(float(x), float(y))
            if is_class and share > 0:
                corners = ((-HALF, 0.0), (0.0, -HALF), (HALF, 0.0), (0.0, HALF))
                painter.drawPolygon(QPolygonF([middle + QPointF(*corner) * 1.3 for corner in corners]))
            else:
                painter.drawEllipse(middle, HALF, HALF)


def _scaled(data: MadeData) -> Array:
    """Return where the points lie in the picture: over one input the target is up, of two the second is."""
    up = data.y if data.x.shape[1] == 1 else data.x[:, 1:2]
    plane = np.column_stack((data.x[:, :1], up))
    places = np.column_stack([_share(column) for column in plane.T])
    places[:, 1] = 1 - places[:, 1]
    return EDGE + places * (SIDE - 2 * EDGE)


def _share(values: Array) -> Array:
    """Return where numbers lie between the least and the largest, 0 to 1; in the middle where all are the same."""
    low, high = values.min(), values.max()
    return (values - low) / (high - low) if high > low else np.full(len(values), 0.5)


def _between(one: str, other: str, share: float) -> QColor:
    first, second = QColor(one), QColor(other)
    parts = zip(first.getRgb()[:3], second.getRgb()[:3], strict=True)  # type: ignore[arg-type]
    return QColor(*(round(a + (b - a) * share) for a, b in parts))
