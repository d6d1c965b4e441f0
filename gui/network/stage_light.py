"""What of the picture a stage of a step works on: the parts that are lit while somebody steps through it."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gui.look.theme import Theme

from .geometry import Geometry

FORWARDS, BACKWARDS = 1, -1
WAYS = {"forward": FORWARDS, "activation": FORWARDS, "loss": FORWARDS, "backward": BACKWARDS}
FILL, ARROW = 0.22, 5.0


class StageLight(NamedTuple):
    """Name a stage: its layer from 1, None for what is of none, and its kind, as in ``layer2.backward``."""

    layer: int | str | None
    kind: str

    @property
    def way(self) -> int:
        """Return 1 on the way forwards, −1 on the way back, 0 in neither."""
        return WAYS.get(self.kind, 0)


def areas(light: StageLight, geometry: Geometry) -> list[QRectF]:
    """Return the strips that a stage works on; none where it is of nothing drawn."""
    shape, kind, layer = geometry.shape, light.kind, light.layer
    if kind == "loss":
        return [geometry.area_before(shape.loss).united(geometry.area_of(shape.loss))]
    if kind == "clip":
        return [geometry.area_before(column) for column in range(1, shape.loss)]
    column = shape.column_of(layer)
    if column is None:
        return []
    if kind == "activation":
        return [geometry.area_of(column)]
    before = geometry.area_before(column)
    return [before] if kind == "update" else [before.united(geometry.area_of(column))]


def draw_light(painter: QPainter, light: StageLight, geometry: Geometry, theme: Theme) -> None:
    """Draw the parts in light, with an arrow above that points the way."""
    color = QColor(theme.accent)
    fill = QColor(color)
    fill.setAlphaF(FILL)
    for area in areas(light, geometry):
        painter.setPen(QPen(color, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(area, 4, 4)
        if light.way:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawPolygon(_arrow(area, light.way))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _arrow(area: QRectF, way: int) -> QPolygonF:
    x, y = area.center().x(), area.top() + ARROW + 2
    tip = QPointF(x + way * 2 * ARROW, y)
    return QPolygonF([tip, QPointF(x - way * ARROW, y - ARROW), QPointF(x - way * ARROW, y + ARROW)])
