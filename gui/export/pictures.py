"""Plots as pictures: PNG at twice the screen's size, or SVG. A legend stands beside what has more than one entry.

Qt's SVG knows no clipping: a zoomed curve would run across the axes. So what is around the plots is painted over it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pyqtgraph as pg
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsView, QWidget

from gui.compare.entries.entry_marks import badge_size, draw_badge
from gui.look.text_size import scaled
from gui.look.theme import Theme

SCALE = 2  # pixels of a PNG to one on screen
PAD = 8  # pixels around the legend
WIDEST = 260  # pixels of a legend's text of the system's size


def line_height() -> int:
    """Return the pixels from one of the legend's lines to the next."""
    return scaled(20)


class Key(NamedTuple):
    """Hold a line of the legend."""

    number: int
    color: str
    label: str


class Picture(NamedTuple):
    """Describe a picture. ``keys``: the legend's lines, if any. ``title`` stands above the plot."""

    view: QGraphicsView
    theme: Theme
    keys: Sequence[Key] = ()
    title: str = ""

    @property
    def size(self) -> QSize:
        plot = self.view.viewport().size()
        across = _legend_width(self.keys)
        return QSize(plot.width() + across, max(plot.height(), len(self.keys) * line_height() + 2 * PAD) + self.top)

    @property
    def top(self) -> int:
        return line_height() + PAD if self.title else 0


def as_png(picture: Picture) -> bytes:
    image = QImage(picture.size * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    painter = QPainter(image)
    painter.fillRect(_whole(picture), QColor(picture.theme.plot_background))
    _render(painter, picture)
    _draw_frame(painter, picture)
    painter.end()
    return _png(image)


def as_svg(picture: Picture) -> bytes:
    """Draw from below: the axes with their grid, what is in the plots, and all around these the axes once more."""
    background = QColor(picture.theme.plot_background)
    items = picture.view.scene().items()
    boxes = [item for item in items if isinstance(item, pg.ViewBox)]
    axes = [item for item in items if isinstance(item, pg.AxisItem)]
    around = QRegion(_whole(picture))
    for box in boxes:
        around -= QRegion(_place_of(box, picture))

    def paint(painter: QPainter) -> None:
        painter.fillRect(_whole(picture), background)
        with _unseen(boxes):
            _render(painter, picture)
        for box in boxes:
            with _unseen(_others(box)):
                _render(painter, picture)
        for place in list(around):  # pyright: ignore[reportArgumentType]
            painter.fillRect(place, background)
        with _unseen(boxes), _without_grid(axes):
            _render(painter, picture)
        _draw_frame(painter, picture)

    return _generated(picture, paint)


def widget_picture(widget: QWidget, title: str, suffix: str, ground: QColor | None = None) -> bytes:
    """Draw a widget as it is on screen, below a title, as ``png`` or ``svg``; ``ground``: None for the palette's."""
    top = line_height() + PAD if title else 0
    size = widget.size() + QSize(0, top)
    palette = widget.palette()
    ground, ink = ground or palette.color(widget.backgroundRole()), palette.color(widget.foregroundRole())

    def paint(painter: QPainter) -> None:
        painter.fillRect(QRect(0, 0, size.width(), size.height()), ground)
        _draw_title(painter, title, size.width(), ink)
        widget.render(painter, QPoint(0, top))

    if suffix == "svg":
        return _svg(size, title, widget.logicalDpiX(), paint)
    image = QImage(size * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return _png(image)


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(data.data())


def _draw_title(painter: QPainter, title: str, width: int, ink: QColor) -> None:
    painter.setFont(QApplication.font())
    painter.setPen(ink)
    if title:
        bold = QFont(painter.font())
        bold.setBold(True)
        painter.setFont(bold)
        place = QRectF(PAD, PAD / 2, width - 2 * PAD, line_height())
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, middle, _elided(title, width - 2 * PAD))


def _draw_frame(painter: QPainter, picture: Picture) -> None:
    """Title and legend."""
    theme, size = picture.theme, picture.size
    _draw_title(painter, picture.title, size.width(), QColor(theme.text))
    left = picture.view.viewport().width() + PAD
    for line, key in enumerate(picture.keys):
        top = picture.top + PAD + line * line_height()
        draw_badge(painter, QRectF(left, top, badge_size().width(), badge_size().height()), key.number, key.color)
        painter.setFont(QApplication.font())
        painter.setPen(QColor(theme.text))
        place = QRectF(left + badge_size().width() + PAD, top, scaled(WIDEST), badge_size().height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, _elided(key.label, scaled(WIDEST)))


def _legend_width(keys: Sequence[Key]) -> int:
    metrics = QFontMetrics(QApplication.font())
    widest = max((metrics.horizontalAdvance(_elided(key.label, scaled(WIDEST))) for key in keys), default=0)
    return widest + badge_size().width() + 3 * PAD if keys else 0


def _elided(text: str, width: int) -> str:
    return QFontMetrics(QApplication.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)


def _plot_place(picture: Picture) -> QRectF:
    size = picture.view.viewport().size()
    return QRectF(0, picture.top, size.width(), size.height())


def _whole(picture: Picture) -> QRect:
    return QRect(0, 0, picture.size.width(), picture.size.height())


def _render(painter: QPainter, picture: Picture) -> None:
    """Without the view's background, which would cover what is below; the plots take the painter as they find it."""
    view = picture.view
    brush = view.backgroundBrush()
    view.setBackgroundBrush(Qt.BrushStyle.NoBrush)
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    try:
        view.render(painter, _plot_place(picture))
    finally:
        painter.restore()
        view.setBackgroundBrush(brush)


# --- SVG, layer by layer ---------------------------------------------------------------------------


def _generated(picture: Picture, paint: Callable[[QPainter], None]) -> bytes:
    return _svg(picture.size, picture.title, picture.view.logicalDpiX(), paint)


def _svg(size: QSize, title: str, resolution: int, paint: Callable[[QPainter], None]) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(title or "Lockstep")
    generator.setResolution(resolution)
    painter = QPainter(generator)
    paint(painter)
    painter.end()
    return bytes(data.data())


def _place_of(box: pg.ViewBox, picture: Picture) -> QRect:
    view = picture.view
    place = view.mapFromScene(box.mapRectToScene(box.boundingRect())).boundingRect()
    return place.translated(0, picture.top)


def _others(item: Any) -> list[QGraphicsItem]:
    """All that stands beside the item and what holds it, but for what is in it."""
    found: list[QGraphicsItem] = []
    scene: Any = item.scene()
    while item is not None:
        holder: Any = item.parentItem()
        beside = holder.childItems() if holder is not None else [one for one in scene.items() if not one.parentItem()]
        found += [one for one in beside if one is not item]
        item = holder
    return found


@contextmanager
def _unseen(items: Sequence[QGraphicsItem]) -> Iterator[None]:
    """Without them being laid out again, as hiding them would."""
    before = [item.opacity() for item in items]
    for item in items:
        item.setOpacity(0)
    try:
        yield
    finally:
        for item, opacity in zip(items, before, strict=True):
            item.setOpacity(opacity)


@contextmanager
def _without_grid(axes: Sequence[pg.AxisItem]) -> Iterator[None]:
    before = [axis.grid for axis in axes]
    for axis in axes:
        axis.setGrid(False)
    try:
        yield
    finally:
        for axis, grid in zip(axes, before, strict=True):
            axis.setGrid(grid)
