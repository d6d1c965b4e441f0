"""Axes that label what pyqtgraph's own label poorly: whole numbers, and logarithms within a decade."""

from collections.abc import Sequence
from math import floor, log10

import pyqtgraph as pg

from gui.theme import Theme

from .numbers import short

Levels = list[tuple[float, Sequence[float]]]


class WholeAxis(pg.AxisItem):
    """Steps, rows and columns: no tick between two of them."""

    def __init__(self, orientation: str):
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        levels = [(spacing, offset) for spacing, offset in super().tickSpacing(minVal, maxVal, size) if spacing >= 1]
        return levels or [(1, 0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002
        return [f"{value:,.0f}" for value in values]


class ValueAxis(pg.AxisItem):
    """Values, on a linear or a logarithmic scale; as many digits as tell neighbouring ticks apart."""

    def __init__(self, orientation: str):
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> Levels:
        """Within a decade or so, pyqtgraph finds no ticks on a log scale: place them as on a linear one."""
        if not self.logMode or maxVal - minVal > 1.5:
            return super().tickValues(minVal, maxVal, size)
        self.logMode = False
        try:
            levels = super().tickValues(10**minVal, 10**maxVal, size)
        finally:
            self.logMode = True
        return [(spacing, [log10(value) for value in values if value > 0]) for spacing, values in levels]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float | None) -> list[str]:  # noqa: ARG002
        numbers = [10**value for value in values] if self.logMode else values
        if spacing is None:  # between decades: labelled where there is room
            return [short(number, 1) if short(number, 1)[0] in "25" else "" for number in numbers]
        return [short(float(number), _digits(float(number), spacing)) for number in numbers]


def _digits(value: float, spacing: float | None) -> int:
    """Significant digits that a tick needs at this spacing."""
    if spacing is None or spacing <= 0 or not value:
        return 3
    return min(max(floor(log10(abs(value))) - floor(log10(spacing)) + 1, 1), 12)


def color_axis(axis: pg.AxisItem, theme: Theme) -> None:
    axis.setPen(theme.plot_axis)
    axis.setTextPen(theme.plot_axis)
