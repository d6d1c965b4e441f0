"""The words and numbers of the picture: columns' titles, blocks' counts, the row's numbers, targets and loss."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gui.look.numbers import short
from gui.look.theme import Theme

from .content import Content
from .geometry import Geometry
from .lines import write_numbers
from .shape import Place
from .units import draw_numbers
from .words import column_title, short_title, units_text


def write_labels(
    painter: QPainter, geometry: Geometry, content: Content | None, columns: list[int], theme: Theme
) -> None:
    """Write what is to be read at these columns, in letters a little smaller than the window's."""
    font = painter.font()
    font.setPointSizeF(font.pointSizeF() * 0.9)
    painter.setFont(font)
    metrics, shape = painter.fontMetrics(), geometry.shape
    for column in columns:
        title = column_title(shape, column)
        if metrics.horizontalAdvance(title) > geometry.apart - 4:
            title = short_title(shape, column)
        _label(painter, title, QPointF(geometry.x[column], metrics.height() * 0.6), theme.muted, theme)
        if geometry.centers(column) is None:
            below = QPointF(geometry.x[column], geometry.block(column).bottom() + metrics.height() * 0.7)
            _label(painter, units_text(shape.columns[column].units), below, theme.text, theme)
        if content is not None and column:
            write_numbers(painter, geometry, content, column, theme)
        if content is not None:
            draw_numbers(painter, geometry, content, column, theme)
    if content is not None and content.passed is not None:
        _write_loss(painter, geometry, content.passed.loss, theme)
        _write_targets(painter, geometry, content, theme)


def _write_loss(painter: QPainter, geometry: Geometry, loss: float, theme: Theme) -> None:
    area = geometry.node(Place(geometry.shape.loss, 0))
    under = QPointF(area.center().x(), area.bottom() + painter.fontMetrics().height() * 0.7)
    _label(painter, f"L {short(loss)}", under, theme.text, theme)


def _write_targets(painter: QPainter, geometry: Geometry, content: Content, theme: Theme) -> None:
    """Write the targets beside the outputs, where a line of text has room there; of a class a mark."""
    column = geometry.shape.outputs
    centers, radius, metrics = geometry.centers(column), geometry.radius(column), painter.fontMetrics()
    if centers is None or 2 * radius < metrics.height() * 0.8:
        return
    for unit, (x, y) in enumerate(centers):
        target = content.target(unit)
        if target is None or (content.has_classes and not target):
            continue
        text = "✓" if content.has_classes else f"y {short(target)}"
        width = metrics.horizontalAdvance(text)
        if width < geometry.apart - 2 * radius - 8:
            _label(painter, text, QPointF(x + radius + 6 + width / 2, y), theme.accent, theme)


def _label(painter: QPainter, text: str, center: QPointF, color: str, theme: Theme) -> None:
    """Write a text on the ground's colour, so that lines leave it legible."""
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(text) + 4, metrics.height()
    spot = QRectF(max(center.x() - width / 2, 1.0), center.y() - height / 2, width, height)
    ground = QColor(theme.plot_background)
    ground.setAlphaF(0.8)
    painter.fillRect(spot, ground)
    painter.setPen(QColor(color))
    painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
