"""An entry's number in its colour: in the legend, in the table, and at the end of its curves. Colour alone won't do."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPaintEngine, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from gui.look.text_size import scaled
from gui.look.theme import LIGHT, Theme

GAP = 2.0  # pixels between a curve's end and its badge, and between two badges


def badge_size() -> QSize:
    return QSize(scaled(22), scaled(14))


def end_room() -> float:
    """Return the pixels that a plot leaves at its right."""
    return badge_size().width() + 2 * GAP


def badge(number: int, color: str, ratio: float = 1.0, faded: bool = False) -> QIcon:
    """Draw an entry's badge for lists and tables. ``faded``: its entry is hidden."""
    size = badge_size()
    picture = _blank(size, ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.35 if faded else 1.0)
    draw_badge(painter, QRectF(0, 0, size.width(), size.height()), number, color)
    painter.end()
    return QIcon(picture)


def draw_badge(painter: QPainter, place: QRectF, number: int, color: str) -> None:
    painter.setFont(_font(place.height()))
    painter.setPen(QPen(QColor(255, 255, 255, 150), 1))  # an edge, where it lies on its own colour
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(QColor(_on(color)))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number))


def draw_edged(painter: QPainter, place: QRectF, number: int, color: str, edge: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(edge))
    painter.drawRoundedRect(place.adjusted(-1, -1, 1, 1), 5, 5)
    draw_badge(painter, place, number, color)


@lru_cache(maxsize=2048)
def _edged(number: int, color: str, edge: str, ratio: float, size: tuple[int, int]) -> QPixmap:
    """Drawn once: at the curves' ends it is needed with every frame."""
    picture = _blank(QSize(size[0] + 2, size[1] + 2), ratio)
    painter = QPainter(picture)
    draw_edged(painter, QRectF(1, 1, *size), number, color, edge)
    painter.end()
    return picture


def _blank(size: QSize, ratio: float) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _font(height: float) -> QFont:
    font = QApplication.font()
    font.setBold(True)
    font.setPixelSize(round(height) - 3)
    return font


def _on(color: str) -> str:
    """Black or white, whichever is read more easily on the colour."""
    made = QColor(color)
    parts = (made.redF(), made.greenF(), made.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 else "#ffffff"


class End(NamedTuple):
    """Locate where an entry's curve ends, in the plot's coordinates."""

    number: int
    color: str
    x: float
    y: float


class EndMarks(pg.GraphicsObject):
    """Draw the numbers at the curves' ends. Where several end at the same place they stand below each other."""

    def __init__(self, box: pg.ViewBox):
        super().__init__()
        self._box, self._theme = box, LIGHT
        self._ends: tuple[End, ...] = ()
        self._placed: list[tuple[End, QRectF]] | None = None  # None: to be laid out again
        self.setParentItem(box)
        self.setZValue(50)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        box.sigRangeChanged.connect(self._lay_out_anew)
        box.sigResized.connect(self._on_resized)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_ends(self, ends: Sequence[End]) -> None:
        if tuple(ends) != self._ends:
            self._ends = tuple(ends)
            self._lay_out_anew()

    def places(self) -> dict[int, QRectF]:
        """Return the badges' places by number, in the box's pixels."""
        return {end.number: place for end, place in self._laid_out()}

    def _lay_out_anew(self) -> None:
        self._placed = None
        self.update()

    def _on_resized(self) -> None:
        self.prepareGeometryChange()
        self._lay_out_anew()

    def _laid_out(self) -> list[tuple[End, QRectF]]:
        if self._placed is None:
            self._placed = arranged(self._spots(), self._box.boundingRect())
        return self._placed

    def _spots(self) -> list[tuple[End, QPointF]]:
        """Those ends that are in sight."""
        within = self._box.boundingRect().adjusted(-1, -1, 1, 1)
        spots = on_screen(self._box, [(end.x, end.y) for end in self._ends])
        return [(end, spot) for end, spot in zip(self._ends, spots, strict=True) if within.contains(spot)]

    def boundingRect(self) -> QRectF:
        return self._box.boundingRect()

    def paint(self, painter: QPainter, option: object, widget: object = None) -> None:  # noqa: ARG002
        """Paint the badges with an edge of the background's colour, by which they stand off from the curves."""
        edge, ratio = self._theme.plot_background, painter.device().devicePixelRatioF()
        as_lines = painter.paintEngine().type() == QPaintEngine.Type.SVG
        for end, place in self._laid_out():
            if as_lines:
                draw_edged(painter, place, end.number, end.color, edge)
            else:
                drawn = _edged(end.number, end.color, edge, ratio, badge_size().toTuple())
                painter.drawPixmap(place.topLeft().toPoint() - QPoint(1, 1), drawn)


def on_screen(box: pg.ViewBox, places: Sequence[tuple[float, float]]) -> list[QPointF]:
    """Return places of the plot's coordinates in the box's pixels; pyqtgraph's own way takes much longer for each."""
    area, ((left, right), (low, high)) = box.boundingRect(), box.viewRange()
    across, along = area.width() / (right - left), area.height() / (high - low)
    if box.yInverted():
        return [QPointF((x - left) * across, (y - low) * along) for x, y in places]
    return [QPointF((x - left) * across, (high - y) * along) for x, y in places]


def arranged(spots: Sequence[tuple[End, QPointF]], area: QRectF) -> list[tuple[End, QRectF]]:
    """Return badges right of their spots, none over another, within ``area`` as long as there is room for them."""
    width, height = badge_size().toTuple()
    ordered = sorted(spots, key=lambda one: (one[1].y(), one[0].number))
    lefts = [min(spot.x() + GAP, area.right() - width) for _, spot in ordered]
    tops = _below_each_other([spot.y() - height / 2 for _, spot in ordered], lefts)
    # The same from below, upside down: what hangs out moves up, and what is in its way.
    ends = [-min(top, area.bottom() - height) for top in reversed(tops)]
    tops = [-top for top in reversed(_below_each_other(ends, lefts[::-1]))]
    return [
        (end, QRectF(left, max(top, area.top()), width, height))
        for (end, _), left, top in zip(ordered, lefts, tops, strict=True)
    ]


def _below_each_other(wanted: Sequence[float], lefts: Sequence[float]) -> list[float]:
    """Each badge's top where it is wanted, or as far below as those in its way, which come before it, make it."""
    width, row = badge_size().width(), badge_size().height() + 1
    one_column = not lefts or max(lefts) - min(lefts) < width
    tops: list[float] = []
    for number, top in enumerate(wanted):
        before = tops[-1:] if one_column else [tops[o] for o in range(number) if abs(lefts[o] - lefts[number]) < width]
        tops.append(max([top, *(other + row for other in before)]))
    return tops
