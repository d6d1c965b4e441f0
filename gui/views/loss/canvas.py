"""The area that the losses are drawn on: axes, the line under the pointer, and the one where the run stands."""

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.look.axes import ValueAxis, WholeAxis, color_axis
from gui.look.notes import CenterNote, StaleVeil
from gui.look.plot_box import PlotBox
from gui.look.theme import LIGHT, Theme

from .curves import Bounds, translucent
from .words import loss_title

EDGE = 0.015  # of the run's length, left free on both sides


class LossCanvas(pg.GraphicsView):
    """Draw axes, crosshair and curves, and know nothing of runs and lanes. ``owner`` has the focus and the signals."""

    def __init__(self, owner: QWidget):
        super().__init__(owner, useOpenGL=False)
        self._theme = LIGHT
        self.setObjectName("loss_canvas")
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the owner's; with a proxy, Shift+Tab goes past others
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(200, 100)
        self.box = PlotBox()
        up = ValueAxis("left")
        axes: dict[str, pg.AxisItem] = {"left": up, "bottom": WholeAxis("bottom")}
        self.plot = pg.PlotItem(viewBox=self.box, axisItems=axes, enableMenu=False)
        self.setCentralItem(self.plot)
        self._set_axes(up)
        self.cross = pg.InfiniteLine(angle=90, movable=False)
        self.cursor_line = pg.InfiniteLine(angle=90, movable=False)
        self.cursor_line.addMarker("v", position=1.0, size=10)
        self.cursor_line.setZValue(10)
        for line in (self.cross, self.cursor_line):
            line.hide()
            self.plot.addItem(line, ignoreBounds=True)
        self.note = CenterNote(self.box)
        self.veil = StaleVeil(self)

    def _set_axes(self, up: ValueAxis) -> None:
        self.plot.hideButtons()
        up.set_least_width(62)
        self.plot.setLabel("bottom", self.tr("Step"))
        self.set_batched(False)
        self.plot.showGrid(x=True, y=True, alpha=0.2)
        for side in ("left", "bottom"):
            self.plot.getAxis(side).setZValue(-1)  # the grid lies under the curves
            self.plot.getAxis(side).setStyle(maxTickLevel=1)  # a third level of grid lines costs more than all curves

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setBackground(theme.plot_background)
        for side in ("left", "bottom"):
            color_axis(self.plot.getAxis(side), theme)
        self.cross.setPen(pg.mkPen(theme.plot_axis, width=1))
        self.cursor_line.setPen(pg.mkPen(theme.accent, width=2 * self.devicePixelRatioF()))
        self.box.rbScaleBox.setPen(pg.mkPen(theme.accent))
        self.box.rbScaleBox.setBrush(translucent(theme.accent))
        for part in (self.note, self.veil):
            part.set_theme(theme)

    def set_batched(self, batched: bool) -> None:
        self.plot.setLabel("left", loss_title(batched))

    def show_focus(self, focused: bool) -> None:
        self.box.setBorder(pg.mkPen(self._theme.accent if focused else None, width=1))

    def show_cross(self, step: int | None) -> None:
        _show_line(self.cross, step)

    def show_cursor(self, step: int | None) -> None:
        """Mark where the run stands; None where that is at the curves' end, which is seen without a line."""
        _show_line(self.cursor_line, step)

    def set_log(self, log: bool) -> None:
        self.plot.getAxis("left").setLogMode(x=False, y=log)

    def show_steps(self, first: int, last: int) -> None:
        edge = (last - 1) * EDGE
        self.box.setXRange(first - edge, last + edge, padding=0)

    def show_values(self, ends: Bounds) -> None:
        self.box.setYRange(ends.low, ends.high, padding=0)


def _show_line(line: pg.InfiniteLine, step: int | None) -> None:
    line.setVisible(step is not None)
    if step is not None:
        line.setValue(step)
