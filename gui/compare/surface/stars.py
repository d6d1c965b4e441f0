"""Stars on a plot, one an entry, that move with every frame: drawn as they are, where a scatter plot keeps books."""

from collections.abc import Sequence
from math import cos, pi, sin

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ..entries.entry_marks import on_screen

RAYS, WAIST = 5, 0.45  # a star's points, and how far in it is cut between them

Star = tuple[float, float, str]  # where it is, in the plot's coordinates, and its colour


class Stars(pg.GraphicsObject):
    def __init__(self, box: pg.ViewBox, size: float):
        super().__init__()
        self._box = box
        self._stars: tuple[Star, ...] = ()
        self._edge = "#ffffff"
        turns = [pi * corner / RAYS - pi / 2 for corner in range(2 * RAYS)]
        radii = [size / 2 * (WAIST if corner % 2 else 1.0) for corner in range(2 * RAYS)]
        corners = zip(radii, turns, strict=True)
        self._shape = QPolygonF([QPointF(radius * cos(turn), radius * sin(turn)) for radius, turn in corners])
        self.setParentItem(box)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        box.sigResized.connect(self.prepareGeometryChange)

    def set_edge(self, color: str) -> None:
        self._edge = color
        self.update()

    def show_stars(self, stars: Sequence[Star]) -> None:
        self._stars = tuple(stars)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._box.boundingRect()

    def paint(self, painter: QPainter, option: object, widget: object = None) -> None:  # noqa: ARG002
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._edge), 1))
        spots = on_screen(self._box, [(x, y) for x, y, _ in self._stars])
        for spot, (_, _, color) in zip(spots, self._stars, strict=True):
            painter.setBrush(QColor(color))
            painter.drawPolygon(self._shape.translated(spot))
