"""The area that a sweep is drawn on: a line with its band over one hyperparameter, or a map over two."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem, QWidget

from engine.protocol import Spread, SweepPlan
from gui.look.axes import ValueAxis
from gui.look.plot_canvas import PlotCanvas
from gui.look.text_size import line_scale
from gui.look.theme import LIGHT, Theme

from .bar import SweepBar, colors
from .drawn import Line, Scale, cell_size, levels, line_of, places, stretches

MOST_POINTS = 128  # drawn as points; along more, the line alone
LABEL = 20  # pixels, half of a label
EDGE = 0.04  # of the range, left free at each side
TOP = 0.1  # of the losses' range, left free above them for the marks of what diverged


Place = tuple[float, float] | None  # where a mark stands, on the axes


class LongAxis(ValueAxis):
    """Let labels of values at its very ends stand out: a range's ends are what a person has typed."""

    def boundingRect(self) -> QRectF:
        return super().boundingRect().adjusted(-LABEL, 0, LABEL, 0)


class SweepCanvas(PlotCanvas):
    def __init__(self, owner: QWidget):
        super().__init__(owner, "sweep_canvas", LongAxis("bottom"))
        self._color = LIGHT.entry_color(0)
        self.setMinimumSize(160, 120)
        self._layout, self.bar = pg.GraphicsLayout(), SweepBar()
        self._layout.addItem(self.plot, 0, 0)
        self._layout.addItem(self.bar, 0, 1)
        self.setCentralItem(self._layout)
        self._make_items()

    def _make_items(self) -> None:
        self._hatching = QGraphicsRectItem(self.box)
        self._hatching.setZValue(-1)
        self._hatching.setPen(Qt.PenStyle.NoPen)
        self.box.sigResized.connect(lambda *_: self._hatching.setRect(self.box.rect()))
        self._image = pg.ImageItem(axisOrder="row-major")
        self._band = QGraphicsPathItem()
        self._line = pg.PlotCurveItem(connect="finite")
        self._points = pg.ScatterPlotItem(size=6, pxMode=True)
        self._lost = pg.ScatterPlotItem(size=10, pxMode=True, symbol="t")
        self._best = pg.ScatterPlotItem(size=15, pxMode=True, symbol="star")
        self._pinned = pg.ScatterPlotItem(size=14, pxMode=True, symbol="o")
        self._hovered = pg.ScatterPlotItem(size=10, pxMode=True, symbol="o")
        items = (self._image, self._band, self._line, self._points, self._lost, self._best, self._pinned, self._hovered)
        for height, item in enumerate(items):
            item.setZValue(height)
            self.plot.addItem(item, ignoreBounds=True)

    # --- looks --------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._hatching.setBrush(QBrush(QColor(theme.muted), Qt.BrushStyle.DiagCrossPattern))
        self._image.setLookupTable(colors())
        self.bar.set_theme(theme)
        self._set_pens()

    def set_color(self, color: str) -> None:
        """Take the entry's colour."""
        self._color = color
        self._set_pens()

    def _set_pens(self) -> None:
        theme, ratio = self.theme, self.devicePixelRatioF()
        self._line.setPen(pg.mkPen(self._color, width=2 * line_scale() * ratio))
        pale = QColor(self._color)
        pale.setAlphaF(0.22)
        self._band.setBrush(pale)
        self._band.setPen(pg.mkPen(None))
        self._points.setBrush(pg.mkBrush(self._color))
        self._points.setPen(pg.mkPen(None))
        self._lost.setBrush(pg.mkBrush(theme.error))
        self._lost.setPen(pg.mkPen(theme.plot_background))
        self._best.setBrush(pg.mkBrush(theme.plot_background))
        self._best.setPen(pg.mkPen(theme.text, width=1.5))
        for mark, width in ((self._pinned, 2.5), (self._hovered, 1.5)):
            mark.setBrush(pg.mkBrush(None))
            mark.setPen(pg.mkPen(theme.accent, width=width * ratio))

    # --- what is drawn ------------------------------------------------------------------------

    def clear_all(self) -> None:
        for mark in (self._points, self._lost, self._best, self._pinned, self._hovered):
            mark.clear()
        self._line.clear()
        self._band.setPath(QPainterPath())
        self._image.hide()
        self._hatching.hide()
        self.bar.hide()

    def draw_line(self, plan: SweepPlan, spread: Spread, scale: Scale) -> None:
        """Draw the median over the hyperparameter, the seeds' band, and marks at the top of what diverged."""
        line = line_of(plan.axes[0], spread, scale)
        self._image.hide()
        self._hatching.hide()
        self.bar.hide()
        few = len(line.x) <= MOST_POINTS
        self._line.setData(line.x, line.y, antialias=few)
        there = np.isfinite(line.y)
        self._points.setData(line.x[there], line.y[there]) if few else self._points.clear()
        self._band.setPath(_outline(line) if len(plan.seeds) > 1 else QPainterPath())
        height = scale.high + (scale.high - scale.low) * TOP * 0.6
        self._lost.setData(line.lost, np.full(len(line.lost), height))

    def draw_map(self, plan: SweepPlan, spread: Spread, scale: Scale) -> None:
        """Draw axis 1 to the right, axis 2 up; what diverged is hatched."""
        found = levels(spread.median.T, scale)
        for item in (self._points, self._lost):
            item.clear()
        self._line.clear()
        self._band.setPath(QPainterPath())
        self._image.setImage(found, autoLevels=False, levels=None)
        self._image.setRect(cells(plan))
        self._image.show()
        self._hatching.setVisible(bool(np.isnan(spread.median).any()))
        self.bar.show_scale(scale)
        self.bar.show()

    def show_axes(self, plan: SweepPlan, scale: Scale, titles: list[str]) -> None:
        """Label the axes. ``titles``: of what lies along and up."""
        self.plot.set_log("bottom", plan.axes[0].log)
        is_log = plan.axes[1].log if len(plan.axes) > 1 else scale.is_log
        self.plot.set_log("left", is_log)
        self.plot.setLabel("bottom", titles[0])
        self.plot.setLabel("left", titles[1])

    def show_whole(self, plan: SweepPlan, scale: Scale) -> None:
        if len(plan.axes) > 1:
            self.box.setRange(cells(plan), padding=0)
            return
        x = places(next(iter(plan.axes)))
        width = float(x[-1] - x[0]) or 1.0
        height = scale.high - scale.low
        self.box.setXRange(x[0] - width * EDGE, x[-1] + width * EDGE, padding=0)
        self.box.setYRange(scale.low - height * EDGE, scale.high + height * TOP, padding=0)

    def mark(self, best: Place, pinned: Place, hovered: Place) -> None:
        for item, place in ((self._best, best), (self._pinned, pinned), (self._hovered, hovered)):
            item.setData([place[0]], [place[1]]) if place is not None else item.clear()


def cells(plan: SweepPlan) -> QRectF:
    """Return what a map covers, each value in the middle of its cell."""
    across, up = plan.axes
    width, height = cell_size(across), cell_size(up)
    left, bottom = places(across)[0] - width / 2, places(up)[0] - height / 2
    return QRectF(left, bottom, width * len(across.values), height * len(up.values))


def _outline(line: Line) -> QPainterPath:
    """There along the low side and back along the high one, apart where there is a gap."""
    path = QPainterPath()
    for part in stretches(np.isfinite(line.low) & np.isfinite(line.high)):
        across, low, high = line.band_x[part], line.low[part], line.high[part]
        polygon = QPolygonF()
        for x, y in zip([*across, *across[::-1]], [*low, *high[::-1]], strict=True):
            polygon.append(QPointF(float(x), float(y)))
        path.addPolygon(polygon)
        path.closeSubpath()
    return path
