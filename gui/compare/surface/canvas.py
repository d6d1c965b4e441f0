"""The area that a loss surface is drawn on: colours, contour lines, paths and marks, a crosshair, a colour bar."""

from html import escape
from typing import cast

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsRectItem, QWidget

from engine.protocol import LossScale, SurfacePart, loss_scale
from gui.look.axes import ValueAxis
from gui.look.grids import cells, contour_lines, nearest
from gui.look.plot_canvas import PlotCanvas
from gui.look.theme import Theme

from .bar import SurfaceBar, axis_height
from .marks import SurfaceMarks
from .scale import contour_heights, places, terrain

Range = tuple[float, float, float, float]


class SurfaceCanvas(PlotCanvas):
    """Draw a surface, and know nothing of jobs and experiments. ``owner`` has the keyboard's focus."""

    def __init__(self, owner: QWidget):
        super().__init__(owner, "surface_canvas", ValueAxis("bottom"), left_width=54, grid=False)
        self._part: SurfacePart | None = None
        self.along.setHeight(axis_height())
        self._layout, self.bar = pg.GraphicsLayout(), SurfaceBar()
        grid = cast("QGraphicsGridLayout", self._layout.layout)
        grid.setContentsMargins(0, 2, 2, 0)
        grid.setHorizontalSpacing(4)
        self._layout.addItem(self.plot, 0, 0)
        self._layout.addItem(self.bar, 0, 1)
        self.setCentralItem(self._layout)
        self._add_surface()
        self.marks = SurfaceMarks(self.plot, self.box, self.tr("start"))
        self._cross = (pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=0))
        for line in self._cross:
            line.setZValue(40)
            line.hide()
            self.plot.addItem(line, ignoreBounds=True)

    def _add_surface(self) -> None:
        self._hatching = QGraphicsRectItem(self.box)
        self._hatching.setZValue(-20)
        self._hatching.setPen(Qt.PenStyle.NoPen)
        self.box.sigResized.connect(lambda *_: self._hatching.setRect(self.box.rect()))
        self._image = pg.ImageItem(axisOrder="row-major")
        self._image.setZValue(-10)
        self._contours = pg.PlotCurveItem(connect="finite")
        self._contours.setZValue(-5)
        for item in (self._image, self._contours):
            self.plot.addItem(item, ignoreBounds=True)
        self._hatching.hide()

    # --- what is shown -----------------------------------------------------------------------

    @property
    def part(self) -> SurfacePart | None:
        """Return the surface on screen."""
        return self._part

    def show_surface(self, part: SurfacePart, titles: tuple[str, str]) -> None:
        """Draw a surface with these ``titles`` of the axes."""
        self._part = part
        scale = loss_scale(part.values)
        self._hatching.setVisible(not np.isfinite(part.values).all())
        self.note.say("")
        if scale is None:
            self._image.hide()
            self._contours.setData([], [])
        else:
            self._draw(part, scale)
        self.bar.show_scale(scale)
        for side, title in zip(("bottom", "left"), titles, strict=True):
            self.plot.setLabel(side, escape(title))
        self.marks.show_surface(part)

    def _draw(self, part: SurfacePart, scale: LossScale) -> None:
        heights = scale.heights(part.values)
        self._image.setImage(places(scale, heights), autoLevels=False)
        self._image.setRect(cells(part.x, part.y))
        self._image.show()
        self._contours.setData(*contour_lines(part.x, part.y, heights, contour_heights(scale)))

    def show_nothing(self) -> None:
        self._part = None
        self._image.hide()
        self._hatching.hide()
        self._contours.setData([], [])
        self.bar.show_scale(None)
        self.marks.clear()
        self.show_cross(None)
        self.note.say("")
        for side in ("bottom", "left"):
            self.plot.setLabel(side, "")
        self.box.setRange(xRange=(-1, 1), yRange=(-1, 1), padding=0)

    def show_whole(self) -> None:
        if self._part is not None:
            x, y = self._part.x, self._part.y
            self.box.setRange(xRange=(x[0], x[-1]), yRange=(y[0], y[-1]), padding=0)

    @property
    def visible_range(self) -> Range:
        (x_from, x_to), (y_from, y_to) = self.box.viewRange()
        return x_from, x_to, y_from, y_to

    # --- the crosshair -----------------------------------------------------------------------

    def point_at(self, scene_position: QPointF) -> tuple[int, int] | None:
        """Return the surface's point (row, column) nearest to the mouse; None off the surface."""
        part = self._part
        if part is None or not self.box.sceneBoundingRect().contains(scene_position):
            return None
        place = self.box.mapSceneToView(scene_position)
        column, row = nearest(part.x, place.x()), nearest(part.y, place.y())
        return None if column is None or row is None else (row, column)

    def show_cross(self, at: tuple[int, int] | None) -> None:
        across, along = self._cross
        for line in self._cross:
            line.setVisible(at is not None)
        if at is not None and self._part is not None:
            across.setValue(self._part.x[at[1]])
            along.setValue(self._part.y[at[0]])

    # --- looks -------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._image.setLookupTable(terrain(theme.is_dark))
        line = QColor(theme.text)
        line.setAlphaF(0.35)
        self._contours.setPen(pg.mkPen(line, width=1))
        self._hatching.setBrush(QBrush(QColor(theme.muted), Qt.BrushStyle.DiagCrossPattern))
        for cross in self._cross:
            cross.setPen(pg.mkPen(theme.plot_axis, width=1))
        self.marks.set_theme(theme, self.devicePixelRatioF())
        self.bar.set_theme(theme)
