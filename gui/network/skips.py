"""A residual's skip, drawn: a line from its input, past the layers inside, to the column in which it is added."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from gui.look.theme import Theme

from .geometry import Geometry

WIDTH, ROUND, HEAD = 1.6, 6.0, 4.0  # of the line, its corners and its arrow, in pixels


def draw_skips(painter: QPainter, geometry: Geometry, theme: Theme) -> None:
    """Draw all skips of the network, with an arrow's head where what skipped is added."""
    color = QColor(theme.muted)
    for skip in geometry.shape.skips:
        corners = geometry.skip(skip)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, WIDTH))
        painter.drawPath(_rounded(corners))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(_head(corners[-1]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _rounded(corners: list[QPointF]) -> QPainterPath:
    down, left, right, up = corners
    bend = min(ROUND, abs(right.x() - left.x()) / 2, max(left.y() - down.y(), 0.0), max(right.y() - up.y(), 0.0))
    path = QPainterPath(down)
    path.lineTo(left.x(), left.y() - bend)
    path.quadTo(left, QPointF(left.x() + bend, left.y()))
    path.lineTo(right.x() - bend, right.y())
    path.quadTo(right, QPointF(right.x(), right.y() - bend))
    path.lineTo(up)
    return path


def _head(tip: QPointF) -> QPolygonF:
    return QPolygonF([tip, QPointF(tip.x() - HEAD, tip.y() + 2 * HEAD), QPointF(tip.x() + HEAD, tip.y() + 2 * HEAD)])
