"""A small picture of what a schedule makes of the learning rate, before any run."""

from math import log10

from numpy import ndarray as Array
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from gui.look.numbers import short
from gui.look.theme import LIGHT, Theme

HEIGHT = 76
WIDE_RANGE = 100.0  # from this ratio on, powers of ten are evenly apart


class RateCurve(QWidget):
    """Paint rates by hand: a plot of its own for every entry would take too long to make."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._theme, self._color = LIGHT, LIGHT.entry_color(0)
        self._may_be_log = False
        self._steps: list[float] = []
        self._rates: list[float] = []
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(80)

    def show_rates(self, steps: Array, rates: Array, may_be_log: bool = False) -> None:
        """Draw the rate of each of some steps, at least two, in order. ``may_be_log``: it changes by factors."""
        self._may_be_log = may_be_log
        self._steps, self._rates = steps.tolist(), rates.tolist()
        self.setAccessibleDescription(self.summary)
        self.update()

    @property
    def summary(self) -> str:
        """Return the curve in words."""
        text = self.tr("Steps 1 to {last}: from {first} to {end}, at the most {high}")
        rates = self._rates
        return text.format(
            last=f"{self._steps[-1]:,.0f}", first=short(rates[0], 4), end=short(rates[-1], 4), high=short(max(rates), 4)
        )

    def set_color(self, color: str) -> None:
        self._color = color
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def event(self, event: QEvent) -> bool:
        """Read the curve where the pointer rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._steps:
            area = self._area()
            share = (event.pos().x() - area.left()) / max(area.width(), 1)
            place = min(max(round(share * (len(self._steps) - 1)), 0), len(self._steps) - 1)
            step, rate = f"{self._steps[place]:,.0f}", f"{self._rates[place]:.4g}"
            QToolTip.showText(event.globalPos(), self.tr("Step {step}: {rate}").format(step=step, rate=rate), self)
            return True
        return super().event(event)

    def _area(self) -> QRectF:
        line = self.fontMetrics().height()
        return QRectF(self.rect()).adjusted(4, line + 2, -4, -line - 2)

    def paintEvent(self, event: QEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.border))
        painter.setBrush(QColor(self._theme.plot_background))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if not self._steps:
            return
        self._paint_words(painter)
        painter.setPen(QPen(QColor(self._color), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(self._line(self._area()))

    def _paint_words(self, painter: QPainter) -> None:
        """Paint the ends of both axes, in the corners."""
        painter.setPen(QColor(self._theme.plot_axis))
        inner = QRectF(self.rect()).adjusted(4, 1, -4, -1)
        flag = Qt.AlignmentFlag
        painter.drawText(inner, flag.AlignTop | flag.AlignLeft, short(max(self._rates)))
        painter.drawText(inner, flag.AlignBottom | flag.AlignLeft, short(min(self._rates)))
        last = self.tr("step {number}").format(number=f"{self._steps[-1]:,.0f}")
        painter.drawText(inner, flag.AlignBottom | flag.AlignRight, last)
        if self._is_log():
            painter.drawText(inner, flag.AlignTop | flag.AlignRight, self.tr("log"))

    def _is_log(self) -> bool:
        low, high = min(self._rates), max(self._rates)
        return self._may_be_log and 0 < low * WIDE_RANGE <= high

    def _line(self, area: QRectF) -> QPolygonF:
        values = [log10(rate) for rate in self._rates] if self._is_log() else self._rates
        low, high = min(values), max(values)
        height = area.height() / (high - low) if high > low else 0.0
        first, last = self._steps[0], self._steps[-1]
        middle = 0.0 if high > low else area.height() / 2
        points = QPolygonF()
        for step, value in zip(self._steps, values, strict=True):
            across = (step - first) / max(last - first, 1)
            points.append(QPointF(area.left() + across * area.width(), area.bottom() - middle - (value - low) * height))
        return points
