"""The losses over all training rows: dots on a thin line of their entry's colour, above the batches' curves."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from gui.look.quick_curve import QuickCurve
from gui.look.theme import LIGHT, Theme

from .curves import THICKET, Drawn
from .line_maker import LineMaker

DOT, WIDTH = 5.0, 1.2  # pixels
HEIGHT = 5.0  # of the lines above the grid
MOST_DOTS = 200  # of a curve; more would hide what they stand on, and take long to draw
INK = 0.35  # how much of the text's colour there is in a line: it is to be told from the curve below


class TrainingLines:
    """Draw the losses over all rows: of a pair, one lane's; the other's lie upon them.

    Where there are very many entries, their lines have no dots.
    """

    def __init__(self, maker: LineMaker):
        self._maker, self._theme, self._ratio = maker, LIGHT, 1.0
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
        for entry in set(self._dots) - set(curves):
            self._dots[entry].setVisible(False)
        are_few = len(curves) <= THICKET
        for entry, curve in curves.items():
            if entry in self._lines or self._add_line(entry):
                line = self._lines[entry]
                how = "finite" if curve.has_gaps else "all"
                line.setData(curve.steps, curve.values, connect=how, antialias=are_few)
                line.setVisible(True)
                self._draw_dots(entry, curve, are_few)

    def _draw_dots(self, entry: int, curve: Drawn, are_few: bool) -> None:
        there = np.isfinite(curve.values)
        are_seen = are_few and bool(there.sum() <= MOST_DOTS)
        if are_seen and entry not in self._dots:
            self._add_dots(entry)
        if entry in self._dots:
            self._dots[entry].setVisible(are_seen)
        if are_seen:
            self._dots[entry].setData(curve.steps[there], curve.values[there])

    def clear(self) -> None:
        """Remove all lines."""
        for item in (*self._lines.values(), *self._dots.values()):
            self._maker.remove(item)
        self._lines, self._dots = {}, {}

    def _add_line(self, entry: int) -> bool:
        """Whether there is one now; else the maker tells when."""
        line = self._maker.make(HEIGHT)
        if line is None:
            return False
        self._lines[entry] = line
        self._color(entry)
        return True

    def _add_dots(self, entry: int) -> None:
        dots = self._dots[entry] = pg.ScatterPlotItem(pxMode=True, size=DOT)
        self._maker.add(dots, HEIGHT + 0.5)
        self._color(entry)

    def _color(self, entry: int) -> None:
        color = _mixed(self._theme.entry_color(self._colors[entry]), self._theme.text, INK)
        self._lines[entry].setPen(pg.mkPen(color, width=WIDTH * self._ratio))
        if entry in self._dots:
            self._dots[entry].setPen(pg.mkPen(self._theme.plot_background, width=0.6 * self._ratio))
            self._dots[entry].setBrush(pg.mkBrush(color))


def _mixed(color: str, other: str, share: float) -> QColor:
    one, two = QColor(color), QColor(other)
    parts = ((one.red(), two.red()), (one.green(), two.green()), (one.blue(), two.blue()))
    return QColor(*(round(own * (1 - share) + ink * share) for own, ink in parts))
