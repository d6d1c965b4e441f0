"""The losses over all training rows and over the test rows: marks on a thin line of their entry's colour.

They lie above the batches' curves. Of training rows marks are dots, of test rows hollow diamonds.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygonF

from gui.look.quick_curve import QuickCurve
from gui.look.text_size import line_scale
from gui.look.theme import LIGHT, Theme

from .curves import THICKET, Drawn
from .line_maker import LineMaker

NOWHERE = np.empty(0, np.intp)
INK = 0.35  # how much of the text's colour there is in a line: it is to be told from the curve below


class Style(NamedTuple):
    """Say how such a line looks. Sizes are in pixels; ``height`` is that above the grid.

    More marks than ``most`` would hide what they stand on, and take long to draw: then only some are drawn where
    ``thins``, or else none.
    """

    symbol: str
    size: float
    width: float
    height: float
    most: int
    is_hollow: bool = False
    thins: bool = False


TRAINING = Style("o", 5.0, 1.2, 5.0, 200)
TEST = Style("d", 9.0, 1.4, 6.0, 24, is_hollow=True, thins=True)


class EvaluatedLines:
    """Draw the losses over all rows of a kind: of a pair, one lane's; the other's lie upon them.

    Where there are very many entries, their lines have no marks.
    """

    def __init__(self, maker: LineMaker, style: Style):
        self._maker, self._style, self._theme, self._ratio = maker, style, LIGHT, 1.0
        self._colors: tuple[int, ...] = ()
        self._lines: dict[int, QuickCurve] = {}
        self._marks: dict[int, pg.ScatterPlotItem] = {}

    def set_look(self, theme: Theme, colors: Sequence[int], ratio: float) -> None:
        """Take the theme; ``colors``: each entry's index in the palette; ``ratio``: screen pixels per window pixel."""
        self._theme, self._colors, self._ratio = theme, tuple(colors), ratio
        for entry in self._lines:
            self._color(entry)

    def draw(self, curves: Mapping[int, Drawn]) -> None:
        """Draw the curves by entry; lines of other entries are not seen any more."""
        for items in (self._lines, self._marks):
            for entry in set(items) - set(curves):
                items[entry].setVisible(False)
        are_few = len(curves) <= THICKET
        for entry, curve in curves.items():
            if entry in self._lines or self._add_line(entry):
                line = self._lines[entry]
                how = "finite" if curve.has_gaps else "all"
                line.setData(curve.steps, curve.values, connect=how, antialias=are_few)
                line.setVisible(True)
                self._draw_marks(entry, curve, self._marked(curve) if are_few else NOWHERE)

    def _draw_marks(self, entry: int, curve: Drawn, marked: Array) -> None:
        if len(marked) and entry not in self._marks:
            self._add_marks(entry)
        if entry in self._marks:
            self._marks[entry].setVisible(bool(len(marked)))
        if len(marked):
            self._marks[entry].setData(curve.steps[marked], curve.values[marked])

    def _marked(self, curve: Drawn) -> Array:
        """Return the places of the points that have a mark; where some have, it is each 2nd, 4th, 8th …"""
        there = np.flatnonzero(np.isfinite(curve.values))
        if len(there) <= self._style.most:
            return there
        return there[:: 1 << int(np.ceil(np.log2(len(there) / self._style.most)))] if self._style.thins else NOWHERE

    def clear(self) -> None:
        """Remove all lines."""
        for item in (*self._lines.values(), *self._marks.values()):
            self._maker.remove(item)
        self._lines, self._marks = {}, {}

    def _add_line(self, entry: int) -> bool:
        """Whether there is one now; else the maker tells when."""
        line = self._maker.make(self._style.height)
        if line is None:
            return False
        self._lines[entry] = line
        self._color(entry)
        return True

    def _add_marks(self, entry: int) -> None:
        marks = pg.ScatterPlotItem(pxMode=True, size=self._style.size * line_scale(), symbol=self._style.symbol)
        self._marks[entry] = marks
        self._maker.add(marks, self._style.height + 0.5)
        self._color(entry)

    def _color(self, entry: int) -> None:
        style, ground = self._style, self._theme.plot_background
        color = _mixed(self._theme.entry_color(self._colors[entry]), self._theme.text, INK)
        self._lines[entry].setPen(pg.mkPen(color, width=style.width * line_scale() * self._ratio))
        if entry in self._marks:
            rim, rim_width = (color, style.width) if style.is_hollow else (ground, 0.6)
            self._marks[entry].setPen(pg.mkPen(rim, width=rim_width * self._ratio))
            self._marks[entry].setBrush(pg.mkBrush(ground if style.is_hollow else color))


def diamond_sample(size: QSize, theme: Theme, ratio: float) -> QIcon:
    """Draw a stretch of a test rows' line, as the plot has them, in the text's colour: it stands for all of them."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pg.mkPen(theme.text, width=TEST.width))
    middle, half = QPointF(size.width() / 2, size.height() / 2), TEST.size / 2
    painter.drawLine(QPointF(1, middle.y()), QPointF(size.width() - 1, middle.y()))
    painter.setBrush(QColor(theme.plot_background))
    corners = ((-half, 0.0), (0.0, -half), (half, 0.0), (0.0, half))
    painter.drawPolygon(QPolygonF([middle + QPointF(*corner) for corner in corners]))
    painter.end()
    return QIcon(picture)


def _mixed(color: str, other: str, share: float) -> QColor:
    one, two = QColor(color), QColor(other)
    parts = ((one.red(), two.red()), (one.green(), two.green()), (one.blue(), two.blue()))
    return QColor(*(round(own * (1 - share) + ink * share) for own, ink in parts))
