"""The weights between two columns, drawn: their sign by colour, their size by width."""

import numpy as np
from numpy import ndarray as Array
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.look.numbers import short
from gui.look.theme import Theme

from .content import Content
from .geometry import Geometry
from .images import image_of, sign_color
from .shape import Place

WIDTHS = 6  # steps of width: lines of a step are drawn in one go
WIDEST = 4.0  # pixels
THINNEST = 0.5
FEW, WRITABLE = 24, 110.0  # lines that are written on, and pixels between their columns that it takes


def draw_connection(painter: QPainter, geometry: Geometry, content: Content | None, column: int, theme: Theme) -> None:
    """Draw what joins a column to the one before: lines, a map, or a plain band where nothing of both is known."""
    name = geometry.shape.connections[column - 1].weight
    values = content.values(name) if content is not None else None
    lines = geometry.lines(column)
    if lines:
        scale = content.scale if content is not None else 0.0
        _draw_lines(painter, lines, values, scale, theme)
        return
    area = geometry.map_area(column)
    left, right = _edge(geometry, column - 1, 1), _edge(geometry, column, -1)
    painter.setPen(QPen(QColor(theme.border), 1))
    if area is None:
        _funnel(painter, left, right)
        return
    _funnel(painter, left, (area.left(), area.top(), area.bottom()))
    _funnel(painter, (area.right(), area.top(), area.bottom()), right)
    if values is not None and content is not None:
        painter.drawImage(area, image_of(values, content.scale, theme.is_dark))
    painter.drawRect(area)


def _draw_lines(painter: QPainter, lines: list[QLineF], values: Array | None, scale: float, theme: Theme) -> None:
    """Draw from thin to wide, so that the large weights are on top; what is not finite is dotted."""
    if values is None or values.size != len(lines):
        painter.setPen(_pen_of(0.0, theme))
        painter.drawLines(lines)
        return
    shares = np.asarray(values, float).ravel() / (scale if 0 < scale < np.inf else 1.0)
    finite = np.isfinite(shares)
    steps = np.rint(np.clip(np.where(finite, shares, 0), -1, 1) * WIDTHS).astype(int)
    for step in sorted(set(steps[finite].tolist()), key=abs):
        painter.setPen(_pen_of(step / WIDTHS, theme))
        painter.drawLines([lines[at] for at in np.flatnonzero(finite & (steps == step))])
    if not finite.all():
        painter.setPen(QPen(QColor(theme.error), 2, Qt.PenStyle.DotLine))
        painter.drawLines([lines[at] for at in np.flatnonzero(~finite)])


def _edge(geometry: Geometry, column: int, way: int) -> tuple[float, float, float]:
    """Return x, top and bottom of a column's side: 1 for the right one, −1 for the left one."""
    centers = geometry.centers(column)
    if centers is None:
        block = geometry.block(column)
        return (block.right() if way > 0 else block.left()), block.top(), block.bottom()
    return geometry.x[column] + way * geometry.radius(column), centers[0][1], centers[-1][1]


def _funnel(painter: QPainter, left: tuple[float, float, float], right: tuple[float, float, float]) -> None:
    painter.drawLine(QLineF(left[0], left[1], right[0], right[1]))
    painter.drawLine(QLineF(left[0], left[2], right[0], right[2]))


def mark_weight(
    painter: QPainter, geometry: Geometry, content: Content | None, place: Place, theme: Theme, wide: bool
) -> None:
    """Mark a weight: its line within an outline, ``wide`` or narrow, that leaves its colour; or its cell of a map."""
    line, margin = geometry.line(place), 2.0 if wide else 1.0
    if line is not None:
        value = content.line_weight(place) if content is not None else None
        scale = content.scale if content is not None else 0.0
        pen = _pen_of(0.0 if value is None or not scale else value / scale, theme)
        for color, width in ((theme.text, pen.widthF() + 4 * margin), (theme.plot_background, pen.widthF() + 2)):
            painter.setPen(QPen(QColor(color), width))
            painter.drawLine(line)
        painter.setPen(pen)
        painter.drawLine(line)
        return
    area = geometry.map_area(place.column)
    if area is not None and place.source is not None:
        units, sources = (geometry.shape.columns[at].units for at in (place.column, place.column - 1))
        x = area.x() + (place.source + 0.5) / sources * area.width()
        y = area.y() + (place.unit + 0.5) / units * area.height()
        for color, width in ((theme.plot_background, 2 * margin + 2), (theme.text, margin)):
            painter.setPen(QPen(QColor(color), width))
            painter.drawRect(QRectF(x - 4, y - 4, 8, 8))


def _pen_of(share: float, theme: Theme) -> QPen:
    """Return the pen of a number of this share of the largest; what is none, or near 0, has a faint one."""
    step = round(min(max(share, -1.0), 1.0) * WIDTHS) if np.isfinite(share) else 0
    if not step:
        return QPen(QColor(theme.border), THINNEST)
    share = step / WIDTHS
    return QPen(sign_color(share, theme.is_dark), THINNEST + (WIDEST - THINNEST) * abs(share))


def write_numbers(painter: QPainter, geometry: Geometry, content: Content, column: int, theme: Theme) -> None:
    """Write on the lines where they are few: each weight, or on the way back its gradient for the row alone.

    A number that would cover another is left out.
    """
    lines, sources = geometry.lines(column), geometry.shape.columns[column - 1].units
    if not 0 < len(lines) <= FEW or geometry.apart < WRITABLE:
        return
    metrics, taken = painter.fontMetrics(), []
    ground = QColor(theme.plot_background)
    ground.setAlphaF(0.8)
    for number, line in enumerate(lines):
        unit, source = divmod(number, sources)
        value = content.line_number(Place(column, unit, source))
        if value is None:
            continue
        text = short(value, 2)
        at = line.pointAt(0.28 + 0.44 * (source + 0.5) / sources)
        width, height = metrics.horizontalAdvance(text) + 4, metrics.height() - 2
        spot = QRectF(at.x() - width / 2, at.y() - height / 2, width, height)
        if not any(spot.intersects(other) for other in taken):
            taken.append(spot)
            painter.fillRect(spot, ground)
            painter.setPen(QColor(theme.muted))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
