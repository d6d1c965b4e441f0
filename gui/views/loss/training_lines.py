"""The losses over all training rows: dots on a thin line of their entry's colour, above the batches' curves."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from gui.look.quick_curve import QuickCurve
from gui.look.theme import LIGHT, Theme

from .curves import Drawn

DOT, WIDTH = 5.0, 1.2  # pixels
MOST_DOTS = 200  # of a curve; more would hide what they stand on, and take long to draw
INK = 0.35  # how much of the text's colour there is in a line: it is to be told from the curve below


class TrainingLines:
    """Draw the losses over all rows: of a pair, one lane's; the other's lie upon them."""

    def __init__(self, plot: pg.PlotItem):
        self._plot, self._theme, self._ratio = plot, LIGHT, 1.0
        self._colors: tuple[int, ...] = ()
        self._lines: dict[int, QuickCurve] = {}
        self._dots: dict[int, pg.ScatterPlotItem] = {}

    def set_look(self, theme: Theme, colors: Sequence[int], ratio: float) -> None:
        """Take the theme; ``colors``: each entry's index in the palette; ``ratio``: screen pixels per window pixel."""
        self._theme, self._colors, self._ratio = theme, tuple(colors), ratio
        for entry in self._lines:
            self._color(entry)

    def draw(self, curves: Mapping[int, Drawn]) -> None:
        """Draw the curves by entry; lines of other entries are not seen any more."""
        for entry in set(self._lines) - set(curves):
            self._lines[entry].setVisible(False)
            self._dots[entry].setVisible(False)
        for entry, curve in curves.items():
            if entry not in self._lines:
                self._add(entry)
            line, dots = self._lines[entry], self._dots[entry]
            line.setData(curve.steps, curve.values, connect="finite" if curve.has_gaps else "all", antialias=True)
            line.setVisible(True)
            there = np.isfinite(curve.values)
            dots.setVisible(bool(there.sum() <= MOST_DOTS))
            if dots.isVisible():
                dots.setData(curve.steps[there], curve.values[there])

    def clear(self) -> None:
        """Remove all lines."""
        for entry in self._lines:
            self._plot.removeItem(self._lines[entry])
            self._plot.removeItem(self._dots[entry])
        self._lines, self._dots = {}, {}

    def _add(self, entry: int) -> None:
        line, dots = QuickCurve(), pg.ScatterPlotItem(pxMode=True, size=DOT)
        for depth, item in enumerate((line, dots)):
            item.setZValue(5 + depth / 2)
            self._plot.addItem(item, ignoreBounds=True)
        self._lines[entry], self._dots[entry] = line, dots
        self._color(entry)

    def _color(self, entry: int) -> None:
        color = _mixed(self._theme.entry_color(self._colors[entry]), self._theme.text, INK)
        self._lines[entry].setPen(pg.mkPen(color, width=WIDTH * self._ratio))
        self._dots[entry].setPen(pg.mkPen(self._theme.plot_background, width=0.6 * self._ratio))
        self._dots[entry].setBrush(pg.mkBrush(color))


def _mixed(color: str, other: str, share: float) -> QColor:
    one, two = QColor(color), QColor(other)
    parts = ((one.red(), two.red()), (one.green(), two.green()), (one.blue(), two.blue()))
    return QColor(*(round(own * (1 - share) + ink * share) for own, ink in parts))
