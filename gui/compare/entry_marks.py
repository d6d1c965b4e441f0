"""An entry's number in its colour: in the legend, in the table, and at the end of its curves. Colour alone won't do."""

from collections.abc import Sequence
from typing import NamedTuple

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from gui.theme import LIGHT, Theme

BADGE = QSize(22, 14)
GAP = 2.0  # pixels between a curve's end and its badge, and between two badges
ROOM = BADGE.width() + 2 * GAP  # that a plot leaves at its right


def badge(number: int, color: str, ratio: float = 1.0, faded: bool = False) -> QIcon:
    """For lists and tables. ``faded``: its entry is hidden."""
    picture = QPixmap(BADGE * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.35 if faded else 1.0)
    draw_badge(painter, QRectF(0, 0, BADGE.width(), BADGE.height()), number, color)
    painter.end()
    return QIcon(picture)


def draw_badge(painter: QPainter, place: QRectF, number: int, color: str) -> None:
    painter.setFont(_font())
    painter.setPen(QPen(QColor(255, 255, 255, 150), 1))  # an edge, where it lies on its own colour
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(QColor(_on(color)))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number))


def _font() -> QFont:
    font = QApplication.font()
    font.setBold(True)
    font.setPixelSize(BADGE.height() - 3)
    return font


def _on(color: str) -> str:
    """Black or white, whichever is read more easily on the colour."""
    made = QColor(color)
    parts = (made.redF(), made.greenF(), made.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 else "#ffffff"


class End(NamedTuple):
    """Where an entry's curve ends, in the plot's coordinates."""

    number: int
    color: str
    x: float
    y: float


class EndMarks(pg.GraphicsObject):
    """The numbers at the curves' ends. Where several end at the same place they stand below each other."""

    def __init__(self, box: pg.ViewBox):
        super().__init__()
        self._box, self._theme = box, LIGHT
        self._ends: tuple[End, ...] = ()
        self._placed: list[tuple[End, QRectF]] = []
        self.setParentItem(box)
        self.setZValue(50)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        box.sigTransformChanged.connect(self._lay_out)
        box.sigResized.connect(self._lay_out)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_ends(self, ends: Sequence[End]) -> None:
        if tuple(ends) != self._ends:
            self._ends = tuple(ends)
            self._lay_out()

    def places(self) -> dict[int, QRectF]:
        """By number, on the box's pixels."""
        return {end.number: place for end, place in self._placed}

    def _lay_out(self) -> None:
        area = self._box.boundingRect()
        spots = [(end, self._box.mapFromView(QPointF(end.x, end.y))) for end in self._ends]
        inside = [(end, spot) for end, spot in spots if area.adjusted(-1, -1, 1, 1).contains(spot)]
        self._placed = arranged(inside, area)
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        return self._box.boundingRect()

    def paint(self, painter: QPainter, option: object, widget: object = None) -> None:  # noqa: ARG002
        """With an edge of the background's colour, by which they stand off from the curves."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for end, place in self._placed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.plot_background))
            painter.drawRoundedRect(place.adjusted(-1, -1, 1, 1), 5, 5)
            draw_badge(painter, place, end.number, end.color)


def arranged(spots: Sequence[tuple[End, QPointF]], area: QRectF) -> list[tuple[End, QRectF]]:
    """Badges right of their spots, none over another, all within ``area`` as long as there is room for them."""
    placed: list[tuple[End, QRectF]] = []
    for end, spot in sorted(spots, key=lambda one: (one[1].y(), one[0].number)):
        left = min(spot.x() + GAP, area.right() - BADGE.width())
        place = QRectF(left, spot.y() - BADGE.height() / 2, BADGE.width(), BADGE.height())
        placed.append((end, _below_others(place, [other for _, other in placed])))
    over = max((place.bottom() for _, place in placed), default=0.0) - area.bottom()
    if over > 0:
        _push_up(placed, area.bottom())
    for _, place in placed:
        place.moveTop(max(place.top(), area.top()))
    return placed


def _below_others(place: QRectF, others: Sequence[QRectF]) -> QRectF:
    """The first free place at or below ``place``; ``others`` are in the order of their height."""
    for other in others:
        if place.intersects(other):
            place.moveTop(other.bottom() + 1)
    return place


def _push_up(placed: list[tuple[End, QRectF]], floor: float) -> None:
    """What hangs out below moves up, and with it what is in its way."""
    for number in range(len(placed) - 1, -1, -1):
        place = placed[number][1]
        limit = min((below.top() - 1 for _, below in placed[number + 1 :] if _same_column(place, below)), default=floor)
        if place.bottom() > limit:
            place.moveBottom(limit)


def _same_column(one: QRectF, other: QRectF) -> bool:
    return one.left() < other.right() and other.left() < one.right()
