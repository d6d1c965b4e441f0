"""The picture of the network as a widget: units in columns, weights between them, and what is pointed at and chosen."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from gui.look.notes import StaleVeil
from gui.look.numbers import short
from gui.look.theme import LIGHT, Theme

from .content import Content
from .geometry import Geometry, units_drawn, width_needed
from .lines import draw_connection, mark_weight, write_numbers
from .shape import NetworkShape, Place
from .stage_light import StageLight, draw_light
from .steps import moved
from .units import bias_area, draw_column, draw_numbers
from .words import column_title, short_title, told, units_text

LOW = 90  # pixels of height below which there is nothing to see


class NetworkCanvas(QWidget):
    """Draw the network. ``chosen`` carries a weight's name and index (a tuple), clicked or chosen by Enter.

    ``pointed``: at another unit or weight, by mouse or keys; ``room_changed``: more or fewer units can be drawn.
    ``compact``: small and without words.
    """

    chosen = Signal(str, tuple)
    pointed = Signal()
    room_changed = Signal()

    def __init__(self, compact: bool = False, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("network_small" if compact else "network_canvas")
        self.setAccessibleName(self.tr("Picture of the network"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if compact else Qt.FocusPolicy.StrongFocus)
        self._compact, self._theme, self._dtype = compact, LIGHT, "float64"
        self._shape: NetworkShape | None = None
        self._geometry: Geometry | None = None
        self._content: Content | None = None
        self._at: Place | None = None  # pointed at
        self._chosen: Place | None = None
        self._light: StageLight | None = None
        self._veil = StaleVeil(self)

    # --- what its owner calls ------------------------------------------------------------------

    @property
    def most(self) -> int:
        """Return how many units of a layer are drawn one by one."""
        return units_drawn(self.height())

    @property
    def at(self) -> Place | None:
        """Return the unit or weight pointed at."""
        return self._at

    @property
    def shape(self) -> NetworkShape | None:
        return self._shape

    @property
    def drawn(self) -> Geometry | None:
        """Return where everything stands; None while there is nothing to draw."""
        return self._geometry

    @property
    def content(self) -> Content | None:
        return self._content

    @property
    def light(self) -> StageLight | None:
        """Return the stage that is lit."""
        return self._light

    @property
    def chosen_place(self) -> Place | None:
        return self._chosen

    def set_shape(self, shape: NetworkShape | None, dtype: str) -> None:
        """Draw another network; what was pointed at stays as far as the network has it."""
        self._dtype = dtype
        if shape != self._shape:
            self._shape, self._content, self._chosen = shape, None, None
            self._at = None
            self.setMinimumWidth(min(width_needed(shape, self._compact), 16_000) if shape is not None else 0)
            self._place()

    def show_content(self, content: Content | None) -> None:
        self._content = content
        self.update()

    def show_chosen(self, weight: str, index: tuple[int, ...]) -> None:
        """Mark the weight that is chosen everywhere."""
        place = self._shape.place_of(weight, index) if self._shape is not None else None
        if place != self._chosen:
            self._chosen = place
            self.update()

    def set_light(self, light: StageLight | None) -> None:
        """Light what a stage works on; None: nothing."""
        if light != self._light:
            self._light = light
            self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._veil.set_theme(theme)
        self.update()

    def set_stale(self, stale: bool) -> None:
        self._veil.set_stale(stale)

    def told(self) -> list[str]:
        """Return what is known of what is pointed at, a line each."""
        if self._shape is None or self._at is None:
            return []
        return told(self._shape, self._content, self._at, self._dtype)

    # --- drawing -------------------------------------------------------------------------------

    def _place(self) -> None:
        self._geometry = Geometry(self._shape, QSizeF(self.size()), self._compact) if self._shape is not None else None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = units_drawn(event.oldSize().height())
        self._place()
        if self.most != before:
            self.room_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(self._theme.plot_background))
        geometry, content = self._geometry, self._content
        if geometry is None or self.height() < LOW:
            return
        columns = self._columns_in(QRectF(event.rect()), geometry)
        if self._light is not None:
            draw_light(painter, self._light, geometry, self._theme)
        for column in columns[1:]:
            draw_connection(painter, geometry, content, column, self._theme)
        for place, wide in ((self._chosen, True), (self._at, False)):
            if place is not None and place.source is not None:
                mark_weight(painter, geometry, content, place, self._theme, wide)
        for column in columns:
            draw_column(painter, geometry, content, column, self._theme)
        self._mark_units(painter, geometry)
        if not self._compact:
            self._write(painter, geometry, columns)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _columns_in(self, area: QRectF, geometry: Geometry) -> list[int]:
        """Return the columns that are seen, with one before and behind: the picture may be much wider."""
        inside = [
            column
            for column, x in enumerate(geometry.x)
            if area.left() - geometry.apart <= x <= area.right() + geometry.apart
        ]
        return list(range(max(min(inside, default=1) - 1, 0), max(inside, default=0) + 1))

    def _mark_units(self, painter: QPainter, geometry: Geometry) -> None:
        for place, width in ((self._chosen, 3.0), (self._at, 1.5)):
            if place is None or place.source is not None:
                continue
            painter.setPen(QPen(QColor(self._theme.text), width))
            area = geometry.node(place)
            is_bias = place is self._chosen and geometry.centers(place.column) is not None
            painter.drawRect((bias_area(area) if is_bias else area).adjusted(-2, -2, 2, 2))

    def _write(self, painter: QPainter, geometry: Geometry, columns: list[int]) -> None:
        """Write titles above the columns, counts below the blocks, and the row's numbers."""
        shape, content = geometry.shape, self._content
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        for column in columns:
            title = column_title(shape, column)
            if metrics.horizontalAdvance(title) > geometry.apart - 4:
                title = short_title(shape, column)
            self._label(painter, title, QPointF(geometry.x[column], metrics.height() * 0.6), self._theme.muted)
            if geometry.centers(column) is None:
                below = QPointF(geometry.x[column], geometry.block(column).bottom() + metrics.height() * 0.7)
                self._label(painter, units_text(shape.columns[column].units), below, self._theme.text)
            if content is not None:
                if column:
                    write_numbers(painter, geometry, content, column, self._theme)
                draw_numbers(painter, geometry, content, column, self._theme)
        if content is not None and content.passed is not None:
            self._write_ends(painter, geometry, content)

    def _write_ends(self, painter: QPainter, geometry: Geometry, content: Content) -> None:
        """Write the loss in words of its own, and the targets beside the outputs."""
        shape, passed = geometry.shape, content.passed
        assert passed is not None
        height = painter.fontMetrics().height()
        loss = geometry.node(Place(shape.loss, 0))
        under = QPointF(loss.center().x(), loss.bottom() + height * 0.7)
        self._label(painter, f"L {short(passed.loss)}", under, self._theme.text)
        centers = geometry.centers(shape.outputs)
        if centers is None or 2 * geometry.radius(shape.outputs) < height * 0.8:
            return
        for unit, (x, y) in enumerate(centers):
            target = content.target(unit)
            if target is None or (content.has_classes and not target):
                continue
            text = "✓" if content.has_classes else f"y {short(target)}"
            width = painter.fontMetrics().horizontalAdvance(text)
            if width < geometry.apart - 2 * geometry.radius(shape.outputs) - 8:
                at = QPointF(x + geometry.radius(shape.outputs) + 6 + width / 2, y)
                self._label(painter, text, at, self._theme.accent)

    def _label(self, painter: QPainter, text: str, center: QPointF, color: str) -> None:
        metrics = painter.fontMetrics()
        width, height = metrics.horizontalAdvance(text) + 4, metrics.height()
        left = min(max(center.x() - width / 2, 1.0), max(self.width() - width - 1.0, 1.0))
        spot = QRectF(left, center.y() - height / 2, width, height)
        ground = QColor(self._theme.plot_background)
        ground.setAlphaF(0.8)
        painter.fillRect(spot, ground)
        painter.setPen(QColor(color))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)

    def sizeHint(self) -> QSize:
        return QSize(240, 140) if self._compact else QSize(480, 320)

    # --- what a person does --------------------------------------------------------------------

    def point_at(self, place: Place | None) -> None:
        """Mark a unit or weight and let it be told of."""
        if place != self._at:
            self._at = place
            self.update()
            self.pointed.emit()

    def choose(self, place: Place) -> None:
        """Choose a weight everywhere: of a unit its bias."""
        element = self._shape.element_at(place) if self._shape is not None else None
        if element is not None:
            self.chosen.emit(*element)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._geometry is not None:
            place = self._geometry.place_at(event.position())
            self.setCursor(self._cursor_for(place))
            if place is not None:
                self.point_at(place)

    def _cursor_for(self, place: Place | None) -> Qt.CursorShape:
        can_choose = place is not None and self._shape is not None and self._shape.element_at(place) is not None
        return Qt.CursorShape.PointingHandCursor if can_choose else Qt.CursorShape.ArrowCursor

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._geometry.place_at(event.position()) if self._geometry is not None else None
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.point_at(place)
            self.choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shape = Qt.Key(event.key()), self._shape
        if shape is None:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and self._at is not None:
            self.point_at(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.choose(self._at)
        elif (place := moved(shape, self._at, key)) is not None:
            self.point_at(place)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._geometry is not None:
            place = self._geometry.place_at(QPointF(event.pos()))
            if place is not None and self._shape is not None:
                lines = told(self._shape, self._content, place, self._dtype)
                QToolTip.showText(event.globalPos(), "\n".join(lines), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
