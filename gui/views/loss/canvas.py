"""The area that the losses are drawn on: axes, the line under the pointer, and the one where the run stands."""

import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from gui.look.axes import WholeAxis
from gui.look.plot_canvas import PlotCanvas
from gui.look.theme import Theme

from .curves import Bounds
from .words import loss_title

EDGE = 0.015  # of the run's length, left free on both sides


class LossCanvas(PlotCanvas):
    """Draw axes, crosshair and curves, and know nothing of runs and lanes. ``owner`` has the focus and the signals."""

    def __init__(self, owner: QWidget):
        super().__init__(owner, "loss_canvas", WholeAxis("bottom"))
        self.setMinimumSize(200, 100)
        self.setCentralItem(self.plot)
        self.plot.setLabel("bottom", self.tr("Step"))
        self.set_batched(False)
        self.cross = pg.InfiniteLine(angle=90, movable=False)
        self.cursor_line = pg.InfiniteLine(angle=90, movable=False)
        self.cursor_line.addMarker("v", position=1.0, size=10)
        self.cursor_line.setZValue(10)
        for line in (self.cross, self.cursor_line):
            line.hide()
            self.plot.addItem(line, ignoreBounds=True)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.cross.setPen(pg.mkPen(theme.plot_axis, width=1))
        self.cursor_line.setPen(pg.mkPen(theme.accent, width=2 * self.devicePixelRatioF()))

    def set_batched(self, batched: bool, tested: bool = False) -> None:
        """Say in the axis's title which losses there are: of batches and all rows, and of test rows."""
        self.plot.setLabel("left", loss_title(batched, tested))

    def show_cross(self, step: int | None) -> None:
        _show_line(self.cross, step)

    def show_cursor(self, step: int | None) -> None:
        """Mark where the run stands; None where that is at the curves' end, which is seen without a line."""
        _show_line(self.cursor_line, step)

    def set_log(self, log: bool) -> None:
        self.plot.set_log("left", log)

    def show_steps(self, first: int, last: int) -> None:
        edge = (last - 1) * EDGE
        self.box.setXRange(first - edge, last + edge, padding=0)

    def show_values(self, ends: Bounds) -> None:
        self.box.setYRange(ends.low, ends.high, padding=0)


def _show_line(line: pg.InfiniteLine, step: int | None) -> None:
    line.setVisible(step is not None)
    if step is not None:
        line.setValue(step)
