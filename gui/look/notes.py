"""What a view says about itself: nothing here yet, no such state, from before the edit; and parts' names."""

from typing import TypeVar

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextOption
from PySide6.QtWidgets import QGraphicsTextItem, QWidget

from .naming import call
from .theme import LIGHT, Theme

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def named(widget: AnyWidget, name: str, spoken: str = "") -> AnyWidget:
    """Return the widget with its object name, and what a screen reader calls it."""
    widget.setObjectName(name)
    if spoken:
        call(widget, spoken)
    return widget


def not_told() -> str:
    """Say why there is no difference of DIY and torch where else there is one."""
    return QCoreApplication.translate("notes", "not told while you hunt a bug")


class CenterNote(QGraphicsTextItem):
    """Say a sentence in the middle of a plot, while there is nothing to plot."""

    def __init__(self, box: pg.ViewBox):
        super().__init__(box)
        self._box = box
        option = QTextOption(Qt.AlignmentFlag.AlignCenter)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        self.document().setDefaultTextOption(option)
        self.setZValue(100)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        box.sigResized.connect(self._center)
        self.say("")

    def say(self, text: str) -> None:
        """Show ``text``, or nothing when it is empty."""
        self.setVisible(bool(text))
        if text != self.toPlainText():
            self.setPlainText(text)
            self._center()

    def set_theme(self, theme: Theme) -> None:
        self.setDefaultTextColor(QColor(theme.muted))

    def _center(self) -> None:
        area = self._box.rect()
        self.setTextWidth(max(area.width() - 8, 40))
        self.setPos(4, (area.height() - self.boundingRect().height()) / 2)


class StaleVeil(QWidget):
    """Dim the widget below and say why. The mouse passes through: old numbers can still be read."""

    def __init__(self, below: QWidget, at_right: bool = False):
        super().__init__(below)
        self._below = below
        self._at_right = at_right
        self._theme = LIGHT
        self.setObjectName("stale_veil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        below.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        return self.tr("From before your edit")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_stale(self, stale: bool) -> None:
        self.setGeometry(self._below.rect())
        self.setVisible(stale)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._below.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = QColor(self._theme.window)
        fill.setAlphaF(0.6)
        painter.fillRect(self.rect(), fill)
        metrics = painter.fontMetrics()
        width, height = metrics.horizontalAdvance(self.text) + 20, metrics.height() + 6
        left = self.width() - width - 4 if self._at_right else (self.width() - width) / 2
        banner = QRectF(left, min(4, (self.height() - height) / 2), width, height)
        painter.setPen(QColor(self._theme.warning))
        painter.setBrush(QColor(self._theme.warning_background))
        painter.drawRoundedRect(banner.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.drawText(banner, Qt.AlignmentFlag.AlignCenter, self.text)
