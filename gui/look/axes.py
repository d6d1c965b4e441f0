"""Axes that label what pyqtgraph's own label poorly: whole numbers, and logarithms within a decade."""

from collections.abc import Sequence
from math import ceil, floor, log10

import pyqtgraph as pg
from PySide6.QtGui import QPainter, QPicture

from .numbers import short
from .text_size import scaled

Levels = list[tuple[float, Sequence[float]]]
LABEL_ROOM = 26  # pixels from one label on a vertical axis to the next
CLOSEST = 16  # pixels, the least at which two labels don't run into each other
MOST_WHOLE = 4  # digits before the point that take no more room than an exponent
DECADE, UNLABELLED = float("inf"), -1.0  # in a spacing's place: labelled with one digit, and not at all


class Axis(pg.AxisItem):
    """Do once what pyqtgraph does again and again.

    It lays the title out with every colour and range, and where there is none; and it records a picture of all that is
    drawn and plays that, which lays each number's text out a second time.
    """

    _written = _color = ""
    _specs: tuple | None = None
    _laid_out: object = None  # the mark of what the specs are of, which pyqtgraph drops when they are stale

    def paint(self, p: QPainter, opt: object, widget: object) -> None:  # noqa: ARG002
        p.save()
        if self.picture is None or self.picture is not self._laid_out:
            self._specs = self.generateDrawSpecs(p)
            self.picture = self._laid_out = QPicture()
        if self._specs is not None:
            self.drawPicture(p, *self._specs)
        p.restore()

    def _updateLabel(self) -> None:
        title = self.labelString() if self._has_title else ""
        if title != self._written:
            self._written = title
            super()._updateLabel()
        else:
            self.picture = None
            self.update()

    def resizeEvent(self, ev: object = None) -> None:
        """Put the title in the middle, where there is one."""
        if self._has_title:
            super().resizeEvent(ev)
        self.picture = None

    @property
    def _has_title(self) -> bool:
        return bool(self.labelText or self.labelUnits)

    def take_color(self, color: str) -> None:
        """Draw line, ticks and texts in a colour."""
        if color != self._color:
            self._color = color
            self.setPen(color)
            self.setTextPen(color)


class WholeAxis(Axis):
    """Number steps, rows and columns: no tick between two of them."""

    def __init__(self, orientation: str):
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=4)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        levels = [(spacing, offset) for spacing, offset in super().tickSpacing(minVal, maxVal, size) if spacing >= 1]
        return levels or [(1, 0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002
        return [f"{value:,.0f}" for value in values]


class ValueAxis(Axis):
    """Label values, on a linear or a logarithmic scale, by as many digits as tell neighbouring ticks apart."""

    _least = 0  # pixels of width

    def __init__(self, orientation: str):
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=4)

    def set_least_width(self, width: int) -> None:
        """Keep so many pixels: usual labels move nothing, and longer ones do not take the title's room."""
        self._least = width
        self._updateWidth()

    def _updateWidth(self) -> None:
        super()._updateWidth()
        if self.isVisible() and self.fixedWidth is None and self.minimumWidth() < self._least:
            self.setMaximumWidth(self._least)
            self.setMinimumWidth(self._least)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Levels:
        if not self.logMode:
            return super().tickValues(minVal, maxVal, size)
        if maxVal - minVal > 1.5:
            return _decades(minVal, maxVal, size)
        self.logMode = False  # within a decade or so, ticks are placed as on a linear scale
        try:
            levels = super().tickValues(10**minVal, 10**maxVal, size)
        finally:
            self.logMode = True
        ticks: Levels = [(spacing, [log10(value) for value in values if value > 0]) for spacing, values in levels[:2]]
        return _apart(ticks, scaled(CLOSEST) * (maxVal - minVal) / max(size, 1))

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002
        if not self.logMode:
            return [short(float(value), _digits(value, spacing)) for value in values]
        if spacing == UNLABELLED:
            return [""] * len(values)
        return [short(10.0**value, _digits(10.0**value, spacing)) for value in values]


def _decades(low: float, high: float, size: float) -> Levels:
    """Powers of ten, as many as there is room to label, and 2 … 9 times them between."""
    stride = max(ceil((high - low) / max(size / scaled(LABEL_ROOM), 1)), 1)
    first = ceil(low / stride) * stride
    powers = [float(power) for power in range(first, floor(high) + 1, stride)]
    if stride > 1:
        return [(DECADE, powers)]
    between = [power + log10(times) for power in range(floor(low), ceil(high)) for times in range(2, 10)]
    fives = size / (high - low) > 4 * scaled(LABEL_ROOM)  # room for 2 and 5 as well
    labelled = [value for value in between if fives and round(10 ** (value % 1)) in (2, 5)]
    others = [value for value in between if value not in labelled]
    return [(DECADE, powers + labelled), (UNLABELLED, others)]


def _apart(levels: Levels, least: float) -> Levels:
    """Towards a logarithmic scale's upper end ticks crowd: those too close to another keep their line alone."""
    kept: list[float] = []
    found: Levels = []
    for spacing, values in levels:
        before = len(kept)
        for value in values:
            if all(abs(value - other) >= least for other in kept):
                kept.append(value)
        found.append((spacing, kept[before:]))
    bare = [value for _, values in levels for value in values if value not in kept]
    return [*found, (UNLABELLED, bare)]


def _digits(value: float, spacing: float) -> int:
    """Significant digits that a tick needs at this spacing; a few before the point are all written: 20, not 2e1."""
    if not value or not 0 < spacing < DECADE:
        return 1
    power = floor(log10(abs(value)))
    fewest = power + 1 if 0 <= power < MOST_WHOLE else 1
    return min(max(power - floor(log10(spacing)) + 1, fewest), 12)
