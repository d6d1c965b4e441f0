"""A race on its canvas: every lane's curve, numbers at the ends, the range that shows them, and what is read out."""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray as Array
from PySide6.QtCore import QObject

from engine.protocol import Axis, Curve, Race
from engine.spec import ExperimentSpec
from gui.look.theme import LIGHT, Theme
from gui.views.loss.branch_lines import BranchLines
from gui.views.loss.curves import Bounds, Drawn, calm_bounds, drawn, thinness_of
from gui.views.loss.evaluated_lines import TEST, TRAINING, EvaluatedLines
from gui.views.loss.line_maker import LineMaker

from ..entries.entry_marks import End
from ..entries.shown import Shown
from .canvas import RaceCanvas
from .earlier_lines import EarlierLines, earlier_color, earlier_name
from .lane_curves import LaneCurves, Traced, traced
from .legend import RaceLegend
from .readings import losses_at, standing_losses, standing_points
from .words import empty_note, reading_heading, standing_heading


class RaceDrawing(QObject):
    """Draw the race on ``canvas`` and write its numbers into ``legend``, of what is ``shown``.

    Whoever owns it says how a person looks: ``axis``, ``log``, ``share`` (of the running mean), ``target``,
    ``tests_shown`` (the losses over the test rows), ``zoomed`` (the range stays), ``at`` (the crosshair's place).
    ``asked_at`` is the place that the newest race was asked to read out.
    """

    def __init__(self, canvas: RaceCanvas, legend: RaceLegend, shown: Shown, parent: QObject):
        super().__init__(parent)
        self._canvas, self._legend, self._shown, self._box = canvas, legend, shown, canvas.box
        self._maker = LineMaker(canvas.plot, self)
        self._training, self._test = (EvaluatedLines(self._maker, style) for style in (TRAINING, TEST))
        self._branches = BranchLines(self._maker)
        self._earlier = EarlierLines(self._maker)
        self._theme = LIGHT
        self._spec: ExperimentSpec | None = None
        self._curves: list[LaneCurves] = []
        self._end_colors: list[str] = []  # of the entries, in this theme
        self._thinness = 1.0
        self.race: Race | None = None
        self.newest = 0
        self.axis: Axis = "step"
        self.log, self.zoomed, self.tests_shown = True, False, True
        self.share = 0.0
        self.target: float | None = None
        self.at: float | None = None
        self.asked_at: float | None = None
        self._maker.more.connect(lambda: self.redraw(numbers=False))
        self._earlier.means.ready.connect(lambda: self.redraw(numbers=False))

    # --- what there is to draw -------------------------------------------------------------

    @property
    def lane_count(self) -> int:
        return len(self._curves)

    @property
    def visible_count(self) -> int:
        return sum(self._shown.lane_shown(curves.lane.id) for curves in self._curves)

    @property
    def is_current(self) -> bool:
        """Return whether its lanes are those that may be shown: the experiment may be about to be another."""
        return self._shown.lanes == tuple(curves.lane for curves in self._curves)

    def set_experiment(self, spec: ExperimentSpec | None) -> bool:
        """Return whether it has the same lanes as before; others need ``clear``. ``shown`` has it already."""
        same = self._spec is not None and spec is not None and self._spec.labels == spec.labels and self.is_current
        self._spec = spec
        if not same:
            for curves in self._curves:
                curves.remove()
            self._curves = [LaneCurves(self._maker, lane) for lane in self._shown.lanes]
        return same

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._canvas.set_theme(theme)
        self._legend.set_theme(theme)
        self.color()

    def show(self, race: Race, newest: int, numbers: bool) -> None:
        """Draw a race. ``newest``: the last step recorded. ``numbers``: the legend's too; at the crosshair always."""
        self.race, self.newest = race, newest
        self.redraw(numbers or self.at is not None)

    def clear(self) -> None:
        """Go back to before the first step."""
        self.race, self.newest, self.at = None, 0, None
        for curves in self._curves:
            curves.clear()
        for lines in (self._training, self._test, self._branches, self._earlier):
            lines.clear()
        self._canvas.show_cursor(None)
        self._canvas.show_standing(())
        self._canvas.ends.show_ends(())
        self._canvas.show_cross(None)
        self._legend.show_losses("", {})
        self._box.setRange(xRange=(0, 10), yRange=(0, 1), padding=0)
        self._canvas.note.say(empty_note(0, False, False))

    def color(self) -> None:
        self._thinness = self._wanted_thinness
        if self._spec is not None:
            colors, ratio = self._spec.colors, self._canvas.devicePixelRatioF()
            self._end_colors = [self._theme.entry_color(color) for color in colors]
            for curves in self._curves:
                color = self._end_colors[curves.lane.entry]
                curves.set_look(color, self._theme, ratio, self._thinness)
            for lines in (self._training, self._test, self._branches):
                lines.set_look(self._theme, colors, ratio)
            self._earlier.set_look(self._theme, ratio)
            self.show_earlier()

    def show_earlier(self) -> None:
        """List the earlier run's lanes in the legend."""
        lanes, colors = self._shown.earlier_lanes, self._earlier_colors()
        drawable = self._earlier_curves()
        self._legend.earlier.show_lanes(
            [(earlier_name(lane), colors[lane.id], lane.id in drawable) for lane in lanes],
            self._canvas.devicePixelRatioF(),
        )

    def thin_out(self) -> None:
        """Give the lines their width for the entries shown: many have thin lines."""
        if self._thinness != self._wanted_thinness:
            self.color()

    @property
    def _wanted_thinness(self) -> float:
        return thinness_of(sum(map(self._shown.entry_shown, self._shown.order)))

    # --- drawing a frame -------------------------------------------------------------------

    def redraw(self, numbers: bool = True) -> None:
        if self.race is None:
            return
        lanes = [
            traced(curve, self.log) if self._shown.lane_shown(curves.lane.id) else None
            for curves, curve in zip(self._curves, self.race.curves, strict=True)
        ]
        visible = [lane for lane in lanes if lane is not None]
        training = self._evaluated([_curve(own.training_x, own.training) for own in self.race.curves])
        test = self._evaluated([_curve(own.test_x, own.test) for own in self.race.curves]) if self.tests_shown else {}
        evaluated = [(curve,) for curve in (*training.values(), *test.values())]
        earlier = self._earlier_curves()
        others = evaluated + [(curve,) for curve in earlier.values()]
        found = calm_bounds([lane.all for lane in visible] + others, self.log)
        if not self.zoomed:
            self._follow([*(lane.main for lane in visible), *earlier.values()], found)
        self._draw(lanes)
        self._training.draw(training)
        self._test.draw(test)
        self._draw_futures()
        self._earlier.draw(earlier, self._earlier_colors(), self._box)
        self._canvas.set_batched(bool(training), bool(test))
        self._show_standing()
        self._canvas.show_target(self.target)
        if numbers:
            self.read_out()
        is_any = bool(visible or earlier)
        newest = max(self.newest, int(bool(earlier)))
        self._canvas.note.say(empty_note(newest, is_any, self.zoomed or found is not None))

    def _earlier_curves(self) -> dict[str, Drawn]:
        """Return the earlier run's curves that are shown, by lane."""
        low, high = self._box.viewRange()[0]
        span = (low, high) if self.zoomed else None
        lanes = self._shown.earlier_lanes
        return self._earlier.curves(lanes, self.axis, self.log, self.share, span, self._box.width())

    def _earlier_colors(self) -> dict[str, str]:
        """Return its colours: near those of its namesakes, and of the palette's next ones where it has none."""
        spec, colors = self._spec, {}
        entries = {} if spec is None else dict(zip(spec.labels, spec.colors, strict=True))
        for lane in self._shown.earlier_lanes:
            place = entries.setdefault(lane.label, max(entries.values(), default=-1) + 1)
            colors[lane.id] = earlier_color(self._theme.entry_color(place), self._theme)
        return colors

    def _evaluated(self, own: Sequence[Curve | None]) -> dict[int, Drawn]:
        """Of each entry shown the losses over all rows: the first lane's, whose other's lie upon them."""
        found: dict[int, Drawn] = {}
        for curves, curve in zip(self._curves, own, strict=True):
            lane = curves.lane
            if curve is not None and lane.entry not in found and self._shown.lane_shown(lane.id):
                found[lane.entry] = drawn(curve, self.log)
        return found

    def _draw_futures(self) -> None:
        assert self.race is not None
        lanes = [curves.lane for curves in self._curves]
        entries = {one.branch.number: one.branch.entry for one in self.race.branches}
        visible = self._branches.show(
            self.race.branches, lanes, lambda number: self._shown.entry_shown(entries[number]), self.log
        )
        self._branches.draw(visible, self._box)

    def _show_standing(self) -> None:
        """Where the run stands, unless that is at the curves' end: one line over steps, else a mark on each curve."""
        race = self.race
        assert race is not None
        past = race.step < race.newest
        self._canvas.show_cursor(race.step if past and race.axis == "step" else None)
        points = standing_points(race) if race.axis != "step" else []
        lanes = [self._curves[place].lane for place, _, _ in points]
        self._canvas.show_standing(
            [
                (x, loss, self._end_colors[lane.entry])
                for lane, (_, x, loss) in zip(lanes, points, strict=True)
                if self._shown.lane_shown(lane.id)
            ]
        )

    def _draw(self, lanes: list[Traced | None]) -> None:
        """Of a pair one lane alone has its losses behind the running mean, and one the number at its end."""
        ends: dict[int, End] = {}
        begun: set[int] = set()
        (_, right), (_, top) = self._box.viewRange()
        top = np.inf if self.zoomed else top  # what has left the view bears its number where it did
        for curves, lane in zip(self._curves, lanes, strict=True):
            entry = curves.lane.entry
            if lane is None:
                curves.hide()
                continue
            curves.draw(lane, self._box, with_behind=entry not in begun)
            begun.add(entry)
            if entry not in ends and (end := lane.end(right, top)) is not None:
                ends[entry] = End(entry + 1, self._end_colors[entry], *end)
        self._canvas.ends.show_ends(list(ends.values()))

    def _follow(self, curves: list[Drawn], found: Bounds | None) -> None:
        """One range for the frame, from what is drawn: no curve ranges by itself."""
        there = [curve.steps for curve in curves if len(curve.steps)]
        if there:
            first = min(float(steps[0]) for steps in there) if self.axis == "step" else 0.0
            last = max(float(steps[-1]) for steps in there)
            self._canvas.show_length(first, max(last, first + 1) if self.axis != "seconds" else last)
        if found is not None:
            self._canvas.show_values(found)
        self._box.prepareForPaint()  # not in the midst of drawing, which would have all of it drawn once more

    def read_out(self) -> None:
        """Read out the crosshair's place where there is one, else the newest step.

        An answer under way changes nothing yet.
        """
        race, lanes = self.race, [curves.lane.id for curves in self._curves]
        if race is None:
            return
        if self.at is None:
            self._legend.show_losses(standing_heading(race.step), standing_losses(race, lanes) if race.step else {})
        elif self.asked_at == self.at:
            batched = race.every is not None
            self._legend.show_losses(reading_heading(race.axis, self.at, batched), losses_at(race, lanes))


def _curve(x: Array | None, losses: Array | None) -> Curve | None:
    return None if x is None or losses is None else Curve(x, losses)
