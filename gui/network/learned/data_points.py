"""The data's rows as points in a plot: filled where they train, hollow where they only test, one of them ringed."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QBrush, QColor, QPen

from gui.look.colormaps import is_light
from gui.look.plot_area import PlotArea
from gui.look.theme import LIGHT, Theme

from .plane_colors import mixed

MOST = 2000  # points that are drawn; of more rows some, evenly
SIZE, RING = 9.0, 17.0  # pixels
INK = 0.35  # how much of the text's colour is in a hollow point's edge, which else could be lost on the plane
SYMBOLS = ("o", "s", "t1", "p", "h", "star", "t", "+", "x")  # by class
DARK_EDGE, LIGHT_EDGE = "#101418", "#ffffff"
TRAINING, TEST = "o", "d"  # where there are no classes, as in the plot of the losses


class DataPoints(QObject):
    """Draw points in a plot. ``chosen`` carries the row of one that was clicked."""

    chosen = Signal(int)

    def __init__(self, plot: PlotArea, parent: QObject | None = None):
        super().__init__(parent)
        self._theme, self._inside = LIGHT, pg.mkBrush(LIGHT.plot_background)
        self._places = np.empty((0, 2))
        self._colors: Sequence[QColor] = ()
        self._tested = np.empty(0, bool)
        self._classes: Array | None = None
        self._rows = np.empty(0, int)
        self._row = -1
        self._points, self._ring = pg.ScatterPlotItem(pxMode=True), pg.ScatterPlotItem(pxMode=True, symbol="o")
        self._points.sigClicked.connect(self._on_clicked)
        for depth, item in enumerate((self._points, self._ring)):
            item.setZValue(20 + depth)
            plot.addItem(item, ignoreBounds=True)

    @property
    def drawn(self) -> int:
        """Return how many points are drawn."""
        return len(self._rows)

    def show_points(
        self, places: Array, tested: Array, colors: Sequence[QColor], classes: Array | None, rows: Array
    ) -> None:
        """Draw points at ``places`` (points, 2), each of a row; ``classes`` give them their shapes."""
        self._places, self._tested, self._colors, self._classes, self._rows = places, tested, colors, classes, rows
        self._draw()

    def show_row(self, row: int) -> None:
        """Draw a ring around the points of a row."""
        self._row = row
        self._draw_ring()

    def set_theme(self, theme: Theme) -> None:
        self._theme, self._inside = theme, pg.mkBrush(theme.plot_background)
        self._draw()

    def _draw(self) -> None:
        looks = [self._look(*one) for one in zip(self._colors, self._tested.tolist(), strict=True)]
        self._points.setData(
            pos=self._places,
            size=SIZE,
            pen=[pen for pen, _ in looks],
            brush=[brush for _, brush in looks],
            symbol=self._symbols(),
            data=self._rows.tolist(),
        )
        self._draw_ring()

    def _look(self, color: QColor, tested: bool) -> tuple[QPen, QBrush]:
        """Return a point's edge and inside: of one that only tests the edge has the colour, and the ground is inside.

        The edge of others is dark around a light colour, and light around a dark one.
        """
        if tested:
            return pg.mkPen(mixed(color, QColor(self._theme.text), INK), width=2), self._inside
        light = bool(is_light(np.array(color.getRgb(), float)))
        return pg.mkPen(DARK_EDGE if light else LIGHT_EDGE, width=1), pg.mkBrush(color)

    def _symbols(self) -> list[str]:
        if self._classes is not None:
            return [SYMBOLS[number % len(SYMBOLS)] for number in self._classes.tolist()]
        return [TEST if tested else TRAINING for tested in self._tested.tolist()]

    def _draw_ring(self) -> None:
        self._ring.setData(
            pos=self._places[self._rows == self._row],
            size=RING,
            brush=None,
            pen=pg.mkPen(self._theme.text, width=2),
        )

    def _on_clicked(self, _: object, points: Sequence[pg.SpotItem], __: object = None) -> None:
        if len(points):
            self.chosen.emit(int(points[0].data()))


def some_rows(count: int) -> Array:
    """Return the rows that are drawn: all, or of too many some, evenly."""
    return np.arange(count) if count <= MOST else np.linspace(0, count - 1, MOST).astype(int)
