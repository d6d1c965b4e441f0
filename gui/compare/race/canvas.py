"""The area that a race is drawn on: axes for steps, seconds or evaluations, crosshair, target, numbers at the ends."""

from collections.abc import Sequence
from math import log10

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from engine.protocol import Axis
from gui.look.axes import ValueAxis
from gui.look.plot_canvas import PlotCanvas
from gui.look.theme import Theme
from gui.views.loss.curves import Bounds
from gui.views.loss.words import loss_title

from ..entries.entry_marks import EndMarks, end_room
from .words import axis_title

STANDING = 10  # pixels of the mark where a lane stands
EDGE = 0.015  # of what is shown, left free at its beginning


class LengthAxis(ValueAxis):
    """Label steps and evaluations as whole numbers; seconds are not."""

    whole = True

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        levels = [(float(spacing), float(offset)) for spacing, offset in super().tickSpacing(minVal, maxVal, size)]
        if not self.whole:
            return levels
        return [level for level in levels if level[0] >= 1] or [(1.0, 0.0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [f"{value:,.0f}" for value in values] if self.whole else super().tickStrings(values, scale, spacing)


class RaceCanvas(PlotCanvas):
    """Draw the race's axes, marks and lines. ``owner`` has the focus; ``target_moved``: the loss it was dragged to."""

    target_moved = Signal(float)

    def __init__(self, owner: QWidget):
        self._axis = LengthAxis("bottom")
        super().__init__(owner, "race_canvas", self._axis)
        self._log = False
        self.setCentralItem(self.plot)
        self.set_batched(False)
        self.cross = pg.InfiniteLine(angle=90, movable=False)
        self.target = pg.InfiniteLine(angle=0, movable=True)
        self.target.setZValue(20)
        self.target.sigDragged.connect(self._on_dragged)
        self.cursor_line = pg.InfiniteLine(angle=90, movable=False)
        self.cursor_line.addMarker("v", position=1.0, size=10)
        self.cursor_line.setZValue(10)
        for line in (self.cross, self.target, self.cursor_line):
            line.hide()
            self.plot.addItem(line, ignoreBounds=True)
        self.standing = pg.ScatterPlotItem(pxMode=True, size=STANDING)
        self.standing.setZValue(11)
        self.plot.addItem(self.standing, ignoreBounds=True)
        self.ends = EndMarks(self.box)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        ratio = self.devicePixelRatioF()
        self.cross.setPen(pg.mkPen(theme.plot_axis, width=1))
        self.cursor_line.setPen(pg.mkPen(theme.accent, width=2 * ratio))
        self.standing.setPen(pg.mkPen(theme.plot_background, width=1.5 * ratio))
        self.target.setPen(pg.mkPen(theme.accent, width=1.5 * ratio, style=Qt.PenStyle.DashDotLine))
        self.target.setHoverPen(pg.mkPen(theme.accent, width=3 * ratio))
        self.ends.set_theme(theme)

    def set_axis(self, axis: Axis) -> None:
        self._axis.whole = axis != "seconds"
        self.plot.setLabel("bottom", axis_title(axis))
        self._axis.picture = None

    def set_log(self, log: bool) -> None:
        self._log = log
        self.plot.set_log("left", log)

    def show_cross(self, place: float | None) -> None:
        self.cross.setVisible(place is not None)
        if place is not None:
            self.cross.setValue(place)

    def show_cursor(self, step: int | None) -> None:
        """Mark where on the axis of steps the run stands; None where that is the curves' end, or on another axis."""
        self.cursor_line.setVisible(step is not None)
        if step is not None:
            self.cursor_line.setValue(step)

    def show_standing(self, points: Sequence[tuple[float, float, str]]) -> None:
        """Mark where each lane stands in its colour: one step lies at other seconds for each.

        None stand at the curves' ends.
        """
        fits = [(x, log10(y) if self._log else y, color) for x, y, color in points if y > 0 or not self._log]
        brushes = [pg.mkBrush(color) for _, _, color in fits]
        self.standing.setData([x for x, _, _ in fits], [y for _, y, _ in fits], brush=brushes)

    def set_batched(self, batched: bool, tested: bool = False) -> None:
        """Say in the axis's title which losses there are: of batches and all rows, and of test rows."""
        self.plot.setLabel("left", loss_title(batched, tested))

    def show_target(self, loss: float | None) -> None:
        """Show a line at the loss; at one that the scale has no place for, none."""
        fits = loss is not None and (loss > 0 or not self._log)
        self.target.setVisible(fits)
        if loss is not None and fits and not self.target.moving:
            self.target.setValue(log10(loss) if self._log else loss)

    def show_length(self, first: float, last: float) -> None:
        """Show all of it, with room at the right for the numbers at the curves' ends."""
        length = max(last - first, 1e-9)
        room = end_room()
        width = max(self.box.width(), 3 * room)
        self.box.setXRange(first - length * EDGE, last + length * room / (width - room), padding=0)

    def show_values(self, ends: Bounds) -> None:
        self.box.setYRange(ends.low, ends.high, padding=0)

    @property
    def middle_loss(self) -> float:
        """Return the loss at half the height, where a line can be taken hold of."""
        return self._loss_at(sum(self.box.viewRange()[1]) / 2)

    def _loss_at(self, height: float) -> float:
        return 10.0**height if self._log else height

    def _on_dragged(self) -> None:
        self.target_moved.emit(self._loss_at(float(self.target.getYPos())))
