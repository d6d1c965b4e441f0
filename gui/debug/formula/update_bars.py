"""How an optimizer's parts add up to a weight's change: each a bar from where the last one ended, the change below."""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFontInfo,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.protocol import Both, UpdatePart
from gui.look.formula_queue import queue
from gui.look.numbers import short
from gui.look.theme import LIGHT, Theme
from gui.look.typeset import Key, is_made, made

from .stage_sentences import part_name

FORMULAS_FROM = 560  # pixels of width in which there is room for the parts' formulas
PADDING = 6
DOWN_UP = {"light": ("#1f78b4", "#c45a00"), "dark": ("#6bb3ea", "#f0923c")}  # blue and orange, as in the maps


class Bar(NamedTuple):
    """Hold a bar from the sum before the part to the sum after it, on one side; None where a side has none."""

    kind: str
    formula: str
    value: Both
    diy: tuple[float, float] | None
    torch: tuple[float, float] | None


def bars_of(parts: Sequence[UpdatePart], delta: Both) -> list[Bar]:
    """Return one bar a part, and the change itself from 0. Sides whose numbers are not finite have no bars."""
    spans = [list(_spans([part.value[side] for part in parts], delta[side])) for side in (0, 1)]
    named = [*((part.kind, part.formula, part.value) for part in parts), ("delta", "", delta)]
    return [Bar(*name, *span) for name, span in zip(named, zip(*spans, strict=True), strict=True)]


def _spans(values: Sequence[float | None], total: float | None) -> Iterator[tuple[float, float] | None]:
    numbers = [value for value in (*values, total) if value is not None and isfinite(value)]
    drawable = len(numbers) == len(values) + 1
    sum_before = 0.0
    for value in values:
        yield (sum_before, sum_before + (value or 0.0)) if drawable else None
        sum_before += (value or 0.0) if drawable else 0.0
    yield (0.0, total or 0.0) if drawable else None


class UpdateBars(QWidget):
    """Draw the parts of a change as bars: DIY's filled, torch's below them, thin and hatched.

    ``pointed``: the place of a bar that is pointed at, with the mouse or the arrow keys.
    """

    pointed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("update_bars")
        self.setAccessibleName(self.tr("The parts of the weight's change"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = LIGHT
        self._bars: list[Bar] = []
        self._at = 0

    @property
    def bars(self) -> Sequence[Bar]:
        return self._bars

    @property
    def at(self) -> int:
        """Return the index of the bar pointed at."""
        return self._at

    def show_parts(self, parts: Sequence[UpdatePart], delta: Both) -> None:
        self._bars = bars_of(parts, delta)
        self._at = min(self._at, len(self._bars) - 1)
        self._refresh()
        self.updateGeometry()
        self.pointed.emit(self._at)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(420, round(max(len(self._bars), 1) * self._row_height() + PADDING))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    # --- typesetting -------------------------------------------------------------------------

    def next_formula(self) -> Key | None:
        lacking = self._lacking()
        return self._key(lacking[0]) if lacking else None

    def formula_arrived(self) -> None:
        self.update()

    def _lacking(self) -> list[str]:
        if not self.isVisible() or self.width() < FORMULAS_FROM:
            return []
        return [bar.formula for bar in self._bars if bar.formula and not is_made(self._key(bar.formula))]

    def _refresh(self) -> None:
        if self._lacking():
            queue().add(self)
        self.update()

    def _key(self, latex: str) -> Key:
        return Key(latex, round(QFontInfo(self.font()).pixelSize() * 1.05, 1), self._theme.muted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.updateGeometry()
        self._refresh()

    # --- drawing -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = self._columns()
        for number, bar in enumerate(self._bars):
            row = QRectF(0, number * self._row_height(), self.width(), self._row_height())
            self._paint_row(painter, row, number)
            self._paint_name(painter, row, bar, columns)
            self._paint_numbers(painter, row, bar)
        self._paint_zero(painter, columns)
        for number, bar in enumerate(self._bars):
            self._paint_bar(painter, number, bar, columns)

    def _paint_row(self, painter: QPainter, row: QRectF, number: int) -> None:
        """Paint a bar; the one pointed at is marked, and the change parted from its parts."""
        if number == self._at and len(self._bars) > 1:
            tint = QColor(self._theme.accent)
            tint.setAlphaF(0.16 if self.hasFocus() else 0.08)
            painter.fillRect(row, tint)
        if number == len(self._bars) - 1:
            painter.setPen(QPen(QColor(self._theme.muted), 1))
            painter.drawLine(row.topLeft(), row.topRight())

    def _paint_name(self, painter: QPainter, row: QRectF, bar: Bar, columns: tuple[float, float]) -> None:
        font = painter.font()
        font.setBold(bar.kind == "delta")
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text))
        area = row.adjusted(PADDING, 0, 0, 0)
        area.setWidth(self._name_width())
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(area, flags, part_name(bar.kind))
        font.setBold(False)
        painter.setFont(font)
        formula = made(self._key(bar.formula)) if self.width() >= FORMULAS_FROM else None
        if formula is not None:
            room = columns[0] - area.right() - 2 * PADDING
            scale = min(1.0, room / formula.width, (row.height() - 4) / formula.height)
            formula.draw(painter, area.right() + PADDING, row.center().y() - formula.height * scale / 2, scale)

    def _paint_numbers(self, painter: QPainter, row: QRectF, bar: Bar) -> None:
        lines = [side for side in bar.value if side is not None]
        height = painter.fontMetrics().height()
        top = row.center().y() - height * len(lines) / 2
        for number, side in enumerate(lines):
            is_second = number == 1
            painter.setPen(QColor(self._theme.muted if is_second else self._theme.text))
            if not isfinite(side):
                painter.setPen(QColor(self._theme.error))
            area = QRectF(0, top + number * height, self.width() - PADDING, height)
            sign = "+" if side > 0 and bar.kind != "delta" else ""
            painter.drawText(area, Qt.AlignmentFlag.AlignRight, sign + short(side, 5))

    def _paint_zero(self, painter: QPainter, columns: tuple[float, float]) -> None:
        """Paint the line from which the change is measured."""
        if not any(bar.diy or bar.torch for bar in self._bars):
            return
        x = self._x(0.0, columns)
        painter.setPen(QPen(QColor(self._theme.plot_axis), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, 0), QPointF(x, len(self._bars) * self._row_height()))

    def _paint_bar(self, painter: QPainter, number: int, bar: Bar, columns: tuple[float, float]) -> None:
        top, height = number * self._row_height(), self._row_height()
        thick = height * 0.36
        color = self._bar_color(bar)
        if bar.diy is not None:
            area = self._span(bar.diy, columns, top + height * 0.18, thick)
            painter.setPen(QPen(QColor(color), 1))
            painter.setBrush(QBrush(QColor(color)))
            painter.drawRect(area)
            if bar.kind != "delta":  # on to the next bar
                painter.setPen(QPen(QColor(self._theme.muted), 1, Qt.PenStyle.DashLine))
                x = self._x(bar.diy[1], columns)
                painter.drawLine(QPointF(x, area.bottom()), QPointF(x, top + height * 1.18))
        if bar.torch is not None:
            area = self._span(bar.torch, columns, top + height * 0.62, thick * 0.5)
            painter.setPen(QPen(QColor(color), 1))
            painter.setBrush(QBrush(QColor(color), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(area)

    def _bar_color(self, bar: Bar) -> str:
        if bar.kind == "delta":
            return self._theme.accent
        value = next((side for side in bar.value if side is not None), 0.0)
        return DOWN_UP[self._theme.name][value > 0]

    def _span(self, span: tuple[float, float], columns: tuple[float, float], top: float, height: float) -> QRectF:
        """Return a bar's rectangle: a part of nothing is still a line."""
        left, right = sorted(self._x(end, columns) for end in span)
        return QRectF(left, top, max(right - left, 1.0), height)

    def _x(self, value: float, columns: tuple[float, float]) -> float:
        low, high = self._range()
        return columns[0] + (value - low) / (high - low) * (columns[1] - columns[0])

    def _range(self) -> tuple[float, float]:
        ends = [end for bar in self._bars for span in (bar.diy, bar.torch) if span is not None for end in span]
        low, high = min([*ends, 0.0]), max([*ends, 0.0])
        return (low, high) if low < high and isfinite(high - low) else (-1.0, 1.0)

    def _columns(self) -> tuple[float, float]:
        """From where to where bars are drawn: between the names (and formulas) and the numbers."""
        metrics = self.fontMetrics()
        numbers = max([metrics.horizontalAdvance("−0.88888"), *self._number_widths()]) + 2 * PADDING
        left = self._name_width() + 2 * PADDING
        if self.width() >= FORMULAS_FROM:
            left += min(self.width() * 0.3, 250)
        return left, max(self.width() - numbers - PADDING, left + 40)

    def _number_widths(self) -> Iterator[int]:
        for bar in self._bars:
            for side in bar.value:
                yield 0 if side is None else self.fontMetrics().horizontalAdvance("+" + short(side, 5))

    def _name_width(self) -> float:
        """Return the width of the names: a long one takes two lines."""
        words = [word for bar in self._bars for word in part_name(bar.kind).split()]
        return max([self.fontMetrics().horizontalAdvance(word) for word in words], default=40) * 1.1 + PADDING

    def _row_height(self) -> float:
        lines = 2.5 if self.width() >= FORMULAS_FROM else 2.0
        return self.fontMetrics().height() * lines + PADDING

    # --- what a person does ------------------------------------------------------------------

    def point_at(self, number: int) -> None:
        number = min(max(number, 0), len(self._bars) - 1)
        if number != self._at and self._bars:
            self._at = number
            self.update()
            self.pointed.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point_at(int(event.position().y() // self._row_height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Down and self._at < len(self._bars) - 1:
            self.point_at(self._at + 1)
        elif key == Qt.Key.Key_Up and self._at > 0:
            self.point_at(self._at - 1)
        else:
            super().keyPressEvent(event)  # so that the page scrolls on

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
