"""The units of the picture, drawn: as circles, with their response inside, or a layer's all as one block."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform

from gui.look.numbers import short
from gui.look.theme import Theme

from .content import Content
from .geometry import Geometry
from .images import ResponseImages, block_image, color_of, response_curve
from .shape import Place

BIAS = 0.42  # of a unit's radius: the side of the square that is its bias
SMALLEST = 10.0  # pixels of a unit that its response is drawn in
TWO_LINES, ONE_LINE = 25.0, 12.0  # pixels below a unit that its numbers need


class UnitPainter:
    """Draw columns of units. It keeps the images of their responses, which are painted more often than they change."""

    def __init__(self) -> None:
        self._images = ResponseImages()

    def draw(self, painter: QPainter, geometry: Geometry, content: Content | None, column: int, theme: Theme) -> None:
        centers = geometry.centers(column)
        if centers is None:
            _draw_block(painter, geometry, content, column, theme)
            return
        values = content.units(column) if content is not None else None
        scale = content.scale_of(column) if content is not None else 0.0
        for unit in range(len(centers)):
            place = Place(column, unit)
            area = geometry.node(place)
            painter.setPen(QPen(QColor(theme.plot_axis), 1.2))
            if not self._draw_response(painter, area, content, place, theme):
                color = QColor(theme.plot_background)
                if values is not None and unit < len(values):
                    color = color_of(float(values[unit]), scale, theme.is_dark)
                painter.setBrush(color)
                painter.drawEllipse(area)
                painter.setBrush(Qt.BrushStyle.NoBrush)
            _draw_bias(painter, area, content, place, theme)

    def _draw_response(
        self, painter: QPainter, area: QRectF, content: Content | None, place: Place, theme: Theme
    ) -> bool:
        """Draw what a unit answers over the plane of the inputs, or along the one; False where that is not known."""
        found = content.response(place.column, place.unit) if content is not None else None
        if found is None or content is None or content.backwards or area.width() < SMALLEST:
            return False
        response, scale = found
        if response.ndim == 1:
            _draw_curve(painter, area, response_curve(response, scale), theme)
            return True
        assert content.responses is not None
        image = self._images.image(content.responses, place.column, place.unit, scale, theme.is_dark)
        if image is not None:
            painter.drawImage(area, image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        return True


def _draw_curve(painter: QPainter, area: QRectF, curve: QPolygonF, theme: Theme) -> None:
    painter.setBrush(QColor(theme.plot_background))
    painter.drawRect(area)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inside = area.adjusted(1, 1, -1, -1)
    middle = inside.center().y()
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.drawLine(QPointF(inside.left(), middle), QPointF(inside.right(), middle))
    place = QTransform.fromTranslate(inside.center().x(), middle).scale(inside.width() / 2, inside.height() / 2)
    painter.setPen(QPen(QColor(theme.accent), 1.4))
    painter.drawPolyline(place.map(curve))


def _draw_bias(painter: QPainter, area: QRectF, content: Content | None, place: Place, theme: Theme) -> None:
    """Draw a unit's bias as a small square at its foot, in the colours of the weights."""
    sides = content.sides(place) if content is not None else None
    side = area.width() / 2 * BIAS
    if sides is None or content is None or side < 2.5:
        return
    value = getattr(sides, content.picture.request.side)
    if value is None:
        return
    painter.setPen(QPen(QColor(theme.plot_axis), 0.8))
    painter.setBrush(color_of(value, content.scale, theme.is_dark))
    painter.drawRect(bias_area(area))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def bias_area(area: QRectF) -> QRectF:
    """Return the square of a unit's bias, at the lower left."""
    side = area.width() / 2 * BIAS
    x, y = area.center().x() - 0.7 * area.width() / 2, area.center().y() + 0.7 * area.height() / 2
    return QRectF(x - side / 2, y - side / 2, side, side)


def _draw_block(painter: QPainter, geometry: Geometry, content: Content | None, column: int, theme: Theme) -> None:
    area, units = geometry.block(column), geometry.shape.columns[column].units
    painter.setPen(QPen(QColor(theme.plot_axis), 1.2))
    painter.setBrush(QColor(theme.alternate))
    painter.drawRect(area)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    values = content.units(column) if content is not None else None
    if values is not None and content is not None:
        painter.drawImage(area, block_image(values, units, content.scale_of(column), theme.is_dark))
        painter.drawRect(area)


# --- numbers ----------------------------------------------------------------------------------


def unit_texts(geometry: Geometry, content: Content, place: Place) -> list[str]:
    """Return the numbers below a unit: as many as there is room for."""
    numbers = content.unit(place)
    if numbers is None:
        return []
    room = geometry.room_below(place.column)
    if place.column == 0:
        return [f"x {short(numbers.a)}"] if room >= ONE_LINE else []
    pairs = (
        (("∂L/∂a", numbers.dL_da), ("∂L/∂z", numbers.dL_dz))
        if content.backwards
        else (("z", numbers.z), ("a", numbers.a))
    )
    texts = [f"{name} {short(value)}" for name, value in pairs if value is not None]
    if room >= TWO_LINES:
        return texts
    return texts[-1:] if room >= ONE_LINE else []


def draw_numbers(painter: QPainter, geometry: Geometry, content: Content, column: int, theme: Theme) -> None:
    """Write the row's numbers below the units of a column, on the ground's colour, so that lines leave them legible."""
    centers = geometry.centers(column)
    if centers is None:
        return
    metrics = painter.fontMetrics()
    ground = QColor(theme.plot_background)
    ground.setAlphaF(0.8)
    for unit in range(len(centers)):
        top = geometry.node(Place(column, unit)).bottom() + 1
        for text in unit_texts(geometry, content, Place(column, unit)):
            width = metrics.horizontalAdvance(text) + 4
            if width > geometry.apart - 2:
                continue
            spot = QRectF(geometry.x[column] - width / 2, top, width, metrics.height() - 2)
            painter.fillRect(spot, ground)
            painter.setPen(QColor(theme.text))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)
            top += spot.height()
