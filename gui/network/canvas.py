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

from gui.look.lanes import names_of_pair
from gui.look.notes import StaleVeil
from gui.look.theme import LIGHT, Theme

from .content import Content
from .geometry import Geometry, units_drawn, width_needed
from .labels import write_labels
from .lines import draw_connection, mark_weight
from .shape import NetworkShape, Place
from .skips import draw_skips
from .stage_light import StageLight, draw_light
from .steps import moved
from .units import UnitPainter, bias_area
from .words import told

WIDEST = 16_000  # pixels of a widget; what is wider has its columns nearer to each other
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
        self.names = names_of_pair()  # of the lanes whose numbers are told
        self._shape: NetworkShape | None = None
        self._geometry: Geometry | None = None
        self._content: Content | None = None
        self._units = UnitPainter()
        self._at: Place | None = None  # pointed at
        self._element: tuple[str, tuple[int, ...]] = ("", ())
        self._chosen: Place | None = None  # where that is
        self._light: StageLight | None = None
        self._veil = StaleVeil(self)

    # --- what its owner calls ------------------------------------------------------------------

    @property
    def most(self) -> int:
        """Return how many units of a layer are drawn one by one."""
        return units_drawn(self.height(), self._compact)

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

    @property
    def width_needed(self) -> int:
        """Return how many pixels of width it takes to keep the columns apart."""
        return 0 if self._shape is None else width_needed(self._shape, self._compact)

    def set_shape(self, shape: NetworkShape | None, dtype: str) -> None:
        """Draw another network."""
        self._dtype = dtype
        if shape != self._shape:
            self._shape, self._content, self._at = shape, None, None
            self._find_chosen()
            if not self._compact:
                self.setMinimumWidth(min(self.width_needed, WIDEST))
            self._place()

    def show_content(self, content: Content | None) -> None:
        self._content = content
        self.update()

    def show_chosen(self, weight: str, index: tuple[int, ...]) -> None:
        """Mark the weight that is chosen everywhere."""
        self._element = weight, index
        self._find_chosen()

    def _find_chosen(self) -> None:
        """Find the place of what is chosen; in another network it may be another, or none."""
        self._chosen = self._shape.place_of(*self._element) if self._shape is not None else None
        self.update()

    def set_light(self, light: StageLight | None) -> None:
        """Show what a stage works on; None: nothing."""
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
        return told(self._shape, self._content, self._at, self._dtype, self.names)

    # --- drawing -------------------------------------------------------------------------------

    def _place(self) -> None:
        self._geometry = Geometry(self._shape, QSizeF(self.size()), self._compact) if self._shape is not None else None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = units_drawn(event.oldSize().height(), self._compact)
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
        draw_skips(painter, geometry, self._theme)
        for place, wide in ((self._chosen, True), (self._at, False)):
            if place is not None and place.source is not None:
                mark_weight(painter, geometry, content, place, self._theme, wide)
        for column in columns:
            self._units.draw(painter, geometry, content, column, self._theme)
        self._mark_units(painter, geometry)
        if not self._compact:
            write_labels(painter, geometry, content, columns, self._theme)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
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
                lines = told(self._shape, self._content, place, self._dtype, self.names)
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
