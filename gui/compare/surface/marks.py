"""What is drawn on a surface: the entries' paths, where they began and were best, and a test function's minima."""

from collections.abc import Callable, Sequence
from math import isfinite

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtGui import QColor

from engine.protocol import RacePath, SurfacePart
from gui.look.plot_area import PlotArea
from gui.look.quick_curve import QuickCurve
from gui.look.text_size import line_scale
from gui.look.theme import LIGHT, Theme
from gui.views.loss.curve_line import SMOOTH
from gui.views.loss.line_maker import LineMaker

from ..entries.entry_marks import End, EndMarks
from .stars import Stars

WIDTH, CASING = 2.0, 4.5  # pixels of a path, and of the plot's background that it is laid on
FAR = 100  # times what is in sight: farther off, a line's direction is all that counts
START, BEST, MINIMUM, HERE = 11, 15, 13, 10  # pixels of the symbols


class SurfaceMarks:
    """Draw paths and marks: by one setData a path and a frame, and nothing that ranges by itself."""

    def __init__(self, plot: PlotArea, box: pg.ViewBox, start_text: str):
        self._box, self._theme, self._ratio = box, LIGHT, 1.0
        self._maker = LineMaker(plot, box)
        self._lines: dict[int, QuickCurve] = {}  # by entry, of those that have been drawn
        self._colors: tuple[int, ...] = ()
        self._paths: tuple[RacePath, ...] = ()
        self._visible: list[RacePath] = []
        self._start, self._minima, self._here = (pg.ScatterPlotItem(pxMode=True) for _ in range(3))
        self._best = Stars(box, BEST)
        self._start_text = pg.TextItem(start_text, anchor=(0.5, 1.3))
        for depth, item in enumerate((self._minima, self._start, self._start_text, self._here)):
            item.setZValue(30 + depth)
            plot.addItem(item, ignoreBounds=True)
        self._best.setZValue(40)
        self._ends = EndMarks(box)
        box.sigRangeChanged.connect(lambda *_: self._draw())
        box.sigResized.connect(lambda *_: self._draw())
        self._maker.more.connect(self._draw)
        self.clear()

    def set_colors(self, colors: Sequence[int]) -> None:
        """Take every entry's index in the palette."""
        self._colors = tuple(colors)
        for line in self._lines.values():
            self._maker.remove(line)
        self._lines.clear()

    def set_theme(self, theme: Theme, ratio: float) -> None:
        self._theme, self._ratio = theme, ratio
        ink, paper = pg.mkPen(theme.text, width=2 * ratio), pg.mkBrush(theme.plot_background)
        self._start.setData(size=START, symbol="o", pen=ink, brush=paper)
        self._start_text.setColor(theme.text)
        self._start_text.fill = pg.mkBrush(_translucent(theme.plot_background, 0.6))
        self._minima.setData(size=MINIMUM, symbol="x", pen=pg.mkPen(theme.plot_background), brush=theme.text)
        self._here.setData(size=HERE, symbol="o", pen=pg.mkPen(theme.accent, width=2 * ratio))
        self._ends.set_theme(theme)
        self._best.set_edge(theme.plot_background)
        self._show_bests()
        for entry in self._lines:
            self._color(entry)

    def show_surface(self, part: SurfacePart) -> None:
        self._start.setData([part.start[0]], [part.start[1]])
        self._start_text.setPos(*part.start)
        self._minima.setData([x for x, _ in part.minima], [y for _, y in part.minima])
        for item in (self._start, self._start_text):
            item.show()

    def show_paths(self, paths: Sequence[RacePath], shown: Callable[[int], bool], past: bool = False) -> None:
        """Draw the paths. ``past``: the run stands before the paths' ends, and it is marked where."""
        self._paths = tuple(path for path in paths if path.entry < len(self._colors))
        self._visible = [path for path in self._paths if shown(path.entry)]
        visible = {path.entry for path in self._visible}
        for entry, line in self._lines.items():
            line.setVisible(entry in visible)
        self._show_bests()
        self._show_here(past)
        self._draw()

    def numbers(self) -> list[int]:
        """Return the numbers of the entries whose paths end in sight."""
        return list(self._ends.places())

    def clear(self) -> None:
        """Remove surface and paths."""
        self.show_paths((), lambda _: False)
        for item in (self._start, self._start_text):
            item.hide()
        self._minima.setData([], [])

    def _show_bests(self) -> None:
        bests = [(path.entry, path.best) for path in self._visible if path.best is not None]
        there = [(*best, self._color_of(entry)) for entry, best in bests if isfinite(best[0]) and isfinite(best[1])]
        self._best.show_stars(there)

    def _show_here(self, past: bool) -> None:
        places = [(path.here, path.entry) for path in self._visible if past and path.here is not None]
        there = [(here, entry) for here, entry in places if isfinite(here[0]) and isfinite(here[1])]
        brushes = [pg.mkBrush(self._color_of(entry)) for _, entry in there]
        self._here.setData([here[0] for here, _ in there], [here[1] for here, _ in there], brush=brushes)

    def _draw(self) -> None:
        """As finely as the screen shows it; another zoom draws it again."""
        pixel, (across, up) = self._box.viewPixelSize(), self._box.viewRange()
        for path in self._visible:
            x, y = thinned(within(path.x, *across), within(path.y, *up), pixel)
            if (line := self._line(path.entry)) is not None:
                line.setData(x, y, antialias=len(x) <= SMOOTH)
        self._ends.show_ends([end for path in self._visible if (end := self._end(path, pixel[0])) is not None])

    def _end(self, path: RacePath, pixel: float) -> End | None:
        """Its number beside the place where it is now: where it last was, if that is no place any more."""
        there = np.flatnonzero(np.isfinite(path.x) & np.isfinite(path.y))
        if len(there) < 2:
            return None
        x, y = float(path.x[there[-1]]), float(path.y[there[-1]])
        return End(path.entry + 1, self._color_of(path.entry), x + BEST / 2 * pixel, y)

    def _color_of(self, entry: int) -> str:
        return self._theme.entry_color(self._colors[entry])

    def _line(self, entry: int) -> QuickCurve | None:
        """Return an entry's line, made when it is first drawn; None until there is time for it."""
        if entry not in self._lines and (made := self._maker.make(10 + entry / 100, finite=False)) is not None:
            self._lines[entry] = made
            self._color(entry)
        return self._lines.get(entry)

    def _color(self, entry: int) -> None:
        casing = pg.mkPen(_translucent(self._theme.plot_background, 0.75), width=CASING * line_scale() * self._ratio)
        self._lines[entry].setPen(pg.mkPen(self._color_of(entry), width=WIDTH * line_scale() * self._ratio))
        self._lines[entry].setShadowPen(casing)


def thinned(x: Array, y: Array, pixel: tuple[float, float]) -> tuple[Array, Array]:
    """Drop points that lie in the same pixel as the one before, but not the last one: that is where it is now."""
    with np.errstate(invalid="ignore", over="ignore"):
        columns, rows = np.floor(x / pixel[0]), np.floor(y / pixel[1])
    kept = np.ones(len(x), bool)
    kept[1:-1] = ((columns[1:] != columns[:-1]) | (rows[1:] != rows[:-1]))[:-1]
    return x[kept], y[kept]


def within(places: Array, low: float, high: float) -> Array:
    """Clip places to what Qt can draw a line to."""
    far = FAR * (high - low)
    return np.clip(places, low - far, high + far)


def _translucent(color: str, opacity: float) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(opacity)
    return faded
