"""The strip left of a source: line numbers, breakpoints, and the mark of the line at hand."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.look.theme import LIGHT, Theme

DOT = 5.0  # pixels: a breakpoint's radius
ROOM = 18  # pixels left and right of the numbers, for dots and the arrow

LineRects = Callable[[], Iterator[tuple[int, QRectF]]]  # the lines on screen and where they are


class Gutter(QWidget):
    """Show breakpoints beside the source. ``clicked`` carries a line, from 1; ``breakpoints``: lines, enabled or no."""

    clicked = Signal(int)

    def __init__(self, lines: LineRects, parent: QWidget):
        super().__init__(parent)
        self._lines = lines
        self._theme = LIGHT
        self.breakpoints: dict[int, bool] = {}
        self.wrong: frozenset[int] = frozenset()  # lines of a person's file that its verdict leads to
        self.other: frozenset[int] = frozenset()  # and those that are not the textbook's
        self.current: int | None = None
        self.number_text: Callable[[int], str] = str
        self.is_caller = False  # whether the line at hand is one that waits for a call to come back
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setObjectName("gutter")
        self.setAccessibleName(self.tr("Breakpoints"))
        self.setToolTip(self.tr("Click to stop before this line (F9)"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def wanted_width(self, last_line: int) -> int:
        return 2 * ROOM + self.fontMetrics().horizontalAdvance("9" * max(len(str(last_line)), 3))

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(100), 0)

    def _line_at(self, y: float) -> int | None:
        return next((line for line, rect in self._lines() if rect.top() <= y < rect.bottom()), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self._line_at(event.position().y())
        if line is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(line)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._line_at(event.position().y())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: ARG002
        self._hovered = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.alternate))
        for line, rect in self._lines():
            self._draw_number(painter, line, rect)
            self._draw_dot(painter, line, rect)
            self._draw_bar(painter, line, rect)
            if line == self.current:
                self._draw_arrow(painter, rect)

    def _draw_number(self, painter: QPainter, line: int, rect: QRectF) -> None:
        painter.setPen(QColor(self._theme.text if line == self.current else self._theme.muted))
        area = QRectF(ROOM, rect.top(), self.width() - 2 * ROOM, rect.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.number_text(line))

    def _draw_bar(self, painter: QPainter, line: int, rect: QRectF) -> None:
        """Draw a bar at the right edge beside a line that is marked."""
        if line in self.wrong or line in self.other:
            color = QColor(self._theme.error if line in self.wrong else self._theme.muted)
            painter.fillRect(QRectF(self.width() - 3, rect.top(), 3, rect.height()), color)

    def _draw_dot(self, painter: QPainter, line: int, rect: QRectF) -> None:
        """Draw a dot, filled where enabled, hollow where not; a faint one where a click would put one."""
        enabled = self.breakpoints.get(line)
        if enabled is None and line != self._hovered:
            return
        color = QColor(self._theme.error)
        if enabled is None:
            color.setAlphaF(0.35)
        painter.setPen(QPen(color, 1.6))
        painter.setBrush(color if enabled or enabled is None else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(ROOM / 2 + 1, rect.center().y()), DOT, DOT)

    def _draw_arrow(self, painter: QPainter, rect: QRectF) -> None:
        middle, left = rect.center().y(), self.width() - ROOM + 4
        painter.setPen(QPen(QColor(self._theme.accent), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush if self.is_caller else QColor(self._theme.accent))
        corners = [QPointF(left, middle - 4.5), QPointF(left + 9, middle), QPointF(left, middle + 4.5)]
        painter.drawPolygon(QPolygonF(corners))
