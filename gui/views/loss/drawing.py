"""A frame in the loss plot: the curves of lanes, branches and all rows, the range that shows them, what is read out."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from engine.protocol import Curve, Frame
from gui.look.lanes import Lane
from gui.look.theme import LIGHT, Theme

from .branch_lines import BranchLines
from .canvas import LossCanvas
from .curve_line import CurveLine
from .curves import THICKET, Drawn, bounds, calm_bounds, drawn, thinness_of
from .evaluated_lines import TEST, TRAINING, EvaluatedLines
from .legend import Legend
from .line_maker import LineMaker
from .words import empty_note, gap_note, pointed_heading, reading_heading


class LossDrawing(QObject):
    """Draw frames on ``canvas`` and write their numbers into ``legend``.

    Whoever owns it says where a person looks: ``at`` is the step of the crosshair, ``zoomed`` whether the range stays.
    ``asked_at`` is the step that the newest frame was asked to read out.
    """

    def __init__(self, canvas: LossCanvas, legend: Legend, parent: QObject):
        super().__init__(parent)
        self._canvas, self._legend, self._box = canvas, legend, canvas.box
        self._maker = LineMaker(canvas.plot, self)
        self._training, self._test = (EvaluatedLines(self._maker, style) for style in (TRAINING, TEST))
        self.branches = BranchLines(self._maker)
        self._theme, self._dtype, self._log = LIGHT, "float32", False
        self.lanes: tuple[Lane, ...] = ()
        self._colors: tuple[int, ...] = ()
        self._curves: list[CurveLine] = []
        self._thinness = 1.0
        self.frame: Frame | None = None
        self.at: int | None = None
        self.asked_at: int | None = None
        self.zoomed = False
        self._maker.more.connect(self.redraw)

    # --- what there is to draw ---------------------------------------------------------------

    def set_lanes(self, lanes: tuple[Lane, ...], colors: tuple[int, ...], dtype: str) -> bool:
        """Take the run's lanes, and return whether they are the same as before: others empty the plot.

        ``colors``: each entry's index in the palette.
        """
        same = lanes == self.lanes
        self._colors, self._dtype = colors, dtype
        if not same:
            self.branches.clear()
            self._legend.branches.set_branches((), (), dtype)
        self._legend.set_lanes(lanes, colors, dtype)
        if not same:
            self.lanes = lanes
            for curve in self._curves:
                curve.remove()
            self._curves = [CurveLine(self._maker, lane.backend) for lane in lanes]
            for lines in (self._training, self._test):
                lines.clear()  # of entries that may be none any more
        self._color()
        return same

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._canvas.set_theme(theme)
        self._legend.set_theme(theme)
        self._color()

    def show(self, frame: Frame) -> None:
        if frame.curves is None:
            return
        self.frame = frame
        branches = [curves.branch for curves in frame.curves.branches]
        self._legend.branches.set_branches(branches, self.lanes, self._dtype)
        self.redraw()

    def clear(self) -> None:
        """Go back to before the first step."""
        self.frame, self.at = None, None
        for curve in self._curves:
            curve.clear()
        self.branches.clear()
        self._training.clear()
        self._test.clear()
        self._legend.set_tested(False)
        self._legend.branches.set_branches((), (), self._dtype)
        self._legend.show_values("", ())
        self._legend.show_notes([""] * len(self.lanes))
        self._canvas.show_cross(None)
        self._canvas.show_cursor(None)
        self._box.setRange(xRange=(0, 10), yRange=(0, 1), padding=0)
        self._canvas.note.say(empty_note(0, False, False))

    def set_log(self, log: bool) -> None:
        self._log = log
        self._canvas.set_log(log)
        self.redraw()
        if self.zoomed and self.frame is not None and self.frame.curves is not None:
            found = bounds([drawn(curve, log) for curve in self.frame.curves.lanes])
            if found:
                self._canvas.show_values(found)

    def _color(self) -> None:
        ratio = self._canvas.devicePixelRatioF()
        for lane, curve in zip(self.lanes, self._curves, strict=True):
            curve.set_look(self._theme.entry_color(self._colors[lane.entry]), self._theme, ratio, self._thinness)
        self.branches.set_look(self._theme, self._colors, ratio)
        for lines in (self._training, self._test):
            lines.set_look(self._theme, self._colors, ratio)

    # --- drawing a frame ---------------------------------------------------------------------

    @property
    def newest(self) -> int:
        return max(self.frame.newest, self.frame.step) if self.frame else 0

    def redraw(self) -> None:
        frame = self.frame
        if frame is None or frame.curves is None:
            return
        lanes = [drawn(curve, self._log) for curve in frame.curves.lanes]
        shown = [self._legend.shown(index) for index in range(len(lanes))]
        self._thin_out(shown)
        branches = self.branches.show(frame.curves.branches, self.lanes, self._legend.branches.shown, self._log)
        visible = [lane for lane, is_shown in zip(lanes, shown, strict=True) if is_shown]
        visible += [curve for curves in branches.values() for curve in curves]
        self._legend.set_tested(bool(frame.curves.test))
        training = self._evaluated(frame.curves.training, shown)
        test = self._evaluated(frame.curves.test, shown) if self._legend.test_shown else {}
        visible += [*training.values(), *test.values()]
        if not self.zoomed:
            self._follow(visible)
        self._draw_lanes(lanes, shown)
        self.branches.draw(branches, self._box)
        self._training.draw(training)
        self._test.draw(test)
        self._canvas.set_batched(self._is_batched, bool(test))
        self._canvas.show_cursor(frame.step if frame.step < self.newest else None)
        self._legend.show_notes([gap_note(lane) for lane in lanes])
        self.read_out()
        self._canvas.note.say(empty_note(self.newest, bool(visible), self.zoomed or bounds(visible) is not None))

    def _thin_out(self, shown: list[bool]) -> None:
        """Give the lines their width for the entries shown."""
        entries = {lane.entry for lane, is_shown in zip(self.lanes, shown, strict=True) if is_shown}
        thinness = thinness_of(len(entries), crowd=THICKET)
        if thinness != self._thinness:
            self._thinness = thinness
            self._color()

    def _draw_lanes(self, lanes: list[Drawn], shown: list[bool]) -> None:
        for line, lane, is_shown in zip(self._curves, lanes, shown, strict=True):
            if is_shown:
                line.draw(lane, self._box)
            else:
                line.hide()

    @property
    def _is_batched(self) -> bool:
        """Whether a step sees a part of the rows alone."""
        return self.frame is not None and self.frame.curves is not None and bool(self.frame.curves.training)

    def _evaluated(self, curves: Sequence[Curve], shown: list[bool]) -> dict[int, Drawn]:
        """Of each entry shown the losses over all rows: the first lane's, whose other's lie upon them."""
        found: dict[int, Drawn] = {}
        for lane, curve, is_shown in zip(self.lanes, curves, shown, strict=False):
            if is_shown and lane.entry not in found:
                found[lane.entry] = drawn(curve, self._log)
        return found

    def _follow(self, curves: list[Drawn]) -> None:
        """One range for the frame, from what is drawn: no curve ranges by itself."""
        assert self.frame is not None
        ends = [round(curve.steps[-1]) for curve in curves if len(curve.steps)]
        self._canvas.show_steps(min(self.frame.step, 1), max(self.newest, 2, *ends))
        if found := calm_bounds([[curve] for curve in curves], self._log):
            self._canvas.show_values(found)
        self._box.prepareForPaint()  # not in the midst of drawing, which would have all of it drawn once more

    # --- reading out -------------------------------------------------------------------------

    @property
    def read_at(self) -> int | None:
        """Return the step to be read out: the crosshair's; else, beside branches, the one shown."""
        if self.at is not None or self.frame is None or not self.frame.branches:
            return self.at
        return self.frame.step or None

    def read_out(self) -> None:
        """Read out the crosshair's step where there is one, else the one shown.

        An answer under way changes nothing yet.
        """
        frame = self.frame
        if frame is None or frame.curves is None:
            return
        at = frame.curves.at
        if self.at is None:
            heading = reading_heading(frame.step, self.newest, self._is_batched)
            tests = frame.curves.test_at if self.asked_at is None else ()
            self._legend.show_values(heading, frame.losses if frame.step else (), tests if frame.step else ())
        elif at is not None and at[0] == self.at:
            self._legend.show_values(pointed_heading(self.at, self._is_batched), at[1], frame.curves.test_at)
        if at is not None and at[0] == self.read_at:
            there = {one.branch.number: one.at for one in frame.curves.branches if one.at is not None}
            self._legend.branches.show_losses(there)
        elif self.at is None:
            self._legend.branches.show_losses(None)
