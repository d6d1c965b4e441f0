"""A slider over the steps of a run, with marks for what happened at some of them."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSignalBlocker, Qt
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QToolTip, QWidget

from gui.look.theme import LIGHT, Theme

MARK = 4.0  # pixels: half a mark's width
NEAR = 5  # pixels from a mark at which the pointer is on it
GAP = 2.0  # between the handle and the marks below it
PAGES = 100  # a page of the run is so small a part of it

Kind = Literal["fork", "change", "stop"]


class Mark(NamedTuple):
    """Mark a step. ``color``: the index in the palette of the optimizer entry that it is of, None for none."""

    step: int
    kind: Kind
    text: str
    color: int | None = None


class StepSlider(QSlider):
    """Choose a step: a press anywhere brings the handle there, and it follows the pointer until let go."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = LIGHT
        self._marks: tuple[Mark, ...] = ()
        self.setRange(0, 0)
        self.setSingleStep(1)
        self.setMouseTracking(True)
        self.setMinimumWidth(120)
        self.setMinimumHeight(super().sizeHint().height() + round(2 * (MARK + GAP)))

    def show_step(self, step: int, newest: int) -> None:
        """Stand at ``step`` of ``newest`` without telling anybody."""
        with QSignalBlocker(self):
            if newest != self.maximum():
                self.setMaximum(newest)
                self.setPageStep(max(newest // PAGES, 1))
            self.setValue(step)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    # --- where a step is ---------------------------------------------------------------------

    def place_of(self, step: int) -> float:
        """Return the middle of the handle when it stands at ``step``."""
        left, span, handle = self._track()
        return left + handle / 2 + QStyle.sliderPositionFromValue(0, self.maximum(), step, span)

    def step_at(self, x: float) -> int:
        left, span, handle = self._track()
        return QStyle.sliderValueFromPosition(0, self.maximum(), round(x - left - handle / 2), span)

    def _track(self) -> tuple[int, int, int]:
        """Where the handle's left side begins, how far it goes, and how wide the handle is."""
        groove, handle = self._part(QStyle.SubControl.SC_SliderGroove), self._part(QStyle.SubControl.SC_SliderHandle)
        return groove.left(), max(groove.width() - handle.width(), 1), handle.width()

    def _part(self, part: QStyle.SubControl) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)

    # --- the mouse ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self.setSliderPosition(self.step_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderPosition(self.step_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        return super().event(event)

    def tip_at(self, pos: QPoint) -> str:
        """Say what happened where the pointer is, or else which step that is."""
        found = [mark.text for mark in self._marks if abs(self.place_of(mark.step) - pos.x()) <= NEAR]
        if not self.isEnabled():
            return self.toolTip()
        return "\n".join(found) or self.tr("Step {step:,}").format(step=self.step_at(pos.x()))

    # --- drawing -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._marks or not self.isEnabled():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn: set[tuple[str, int]] = set()
        for mark in self._marks:
            x = self.place_of(mark.step)
            if (mark.kind, round(x)) not in drawn:  # of thousands only those that can be told apart
                drawn.add((mark.kind, round(x)))
                self._draw(painter, mark, x)

    def _draw(self, painter: QPainter, mark: Mark, x: float) -> None:
        """Below the groove: a tick for a change, a fork where another future left, a square for the stop."""
        y = self.height() - MARK - 1
        color = QColor(self._theme.muted if mark.color is None else self._theme.entry_color(mark.color))
        if mark.kind == "stop":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.error))
            painter.drawRoundedRect(QRect(round(x - MARK), round(y - MARK), round(2 * MARK), round(2 * MARK)), 1.5, 1.5)
        elif mark.kind == "change":
            painter.setPen(QPen(color, 2))
            painter.drawLine(QPointF(x, y - MARK + 1), QPointF(x, y + MARK - 1))
        else:
            painter.setPen(QPen(color, 1.6, c=Qt.PenCapStyle.RoundCap))
            painter.setBrush(color)
            painter.drawLine(QPointF(x, y), QPointF(x + 2 * MARK, y - MARK + 1))
            painter.drawLine(QPointF(x, y), QPointF(x + 2 * MARK, y + MARK - 1))
            painter.drawEllipse(QPointF(x, y), 1.6, 1.6)
