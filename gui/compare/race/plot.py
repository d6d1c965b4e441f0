"""The race itself: the loss of every lane over steps, seconds or evaluations. Curves come thinned to the width."""

from typing import cast

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from engine.protocol import Curve, Race, RaceRequest
from engine.spec import ExperimentSpec
from gui.look.theme import LIGHT, Theme
from gui.views.loss.branch_lines import BranchLines
from gui.views.loss.curves import Bounds, Drawn, calm_bounds, drawn
from gui.views.loss.line_maker import LineMaker
from gui.views.loss.training_lines import TrainingLines

from ..entries.entry_marks import End
from ..entries.shown import Shown
from .canvas import RaceCanvas
from .controls import RaceControls
from .lane_curves import LaneCurves, Traced, traced
from .legend import RaceLegend
from .readings import losses_at, standing_losses, standing_points, within
from .words import canvas_tip, empty_note, reading_heading, standing_heading

POINTS = 5_000  # of all curves together: many curves are coarser, so that a frame costs no more than it may

CROWD, THIN = 6, 0.6  # more entries than so many have lines of this share of their width


class RacePlot(QWidget):
    """Follows the race until a person zooms; "Whole race", a double click or Home leads back."""

    request_changed = Signal()

    def __init__(self, shown: Shown):
        super().__init__()
        self.setObjectName("race_plot")
        self.setAccessibleName(self.tr("Loss of every lane of the race"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown, self._theme = shown, LIGHT
        self._spec: ExperimentSpec | None = None
        self._curves: list[LaneCurves] = []
        self._end_colors: list[str] = []  # of the entries, in this theme
        self._race: Race | None = None
        self._newest = 0
        self._at: float | None = None  # where the crosshair is
        self._asked_at: float | None = None  # the place that the newest race was asked to read out
        self._zoomed = self._crowded = self._arranged = False
        self._axis = "step"
        self._build()
        self.set_theme(LIGHT)
        self.clear()

    @property
    def picture(self) -> RaceCanvas:
        """What is exported."""
        return self._canvas

    @property
    def target(self) -> float | None:
        return self.controls.target

    # --- what the view calls ---------------------------------------------------------------

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Other lanes empty the plot; the same lanes go on. ``shown`` has the experiment already."""
        same = self._spec is not None and spec is not None and self._spec.labels == spec.labels
        same = same and self._shown.lanes == tuple(curves.lane for curves in self._curves)
        self._spec = spec
        self.legend.set_experiment(spec)
        self._fit_legend()
        if not same:
            for curves in self._curves:
                curves.remove()
            self._curves = [LaneCurves(self._maker, lane) for lane in self._shown.lanes]
            self.clear()
        self._color()
        self._redraw()

    def request(self, table: bool, paths: bool) -> RaceRequest | None:
        """What the next frame should carry; None while there is nothing to draw."""
        if not self._curves:
            return None
        self._asked_at = self._at
        controls, count = self.controls, sum(self._shown.lane_shown(curves.lane.id) for curves in self._curves)
        pixels = max(min(round(self._box.width()), POINTS // (2 * max(count, 1))), 1)
        low, high = self._box.viewRange()[0]
        span = (low, high) if self._zoomed else None
        return RaceRequest(
            pixels,
            controls.axis,
            span,
            controls.share,
            controls.target,
            self._at,
            table,
            paths,
            branches=controls.futures_shown,
        )

    def set_futures(self, count: int) -> None:
        """How many abandoned futures there are to be shown."""
        self.controls.set_futures(count)

    def show_race(self, race: Race, newest: int, numbers: bool = True) -> None:
        """``newest``: the last step recorded. ``numbers``: the legend's too; those at the crosshair are always shown.

        An answer about another axis, asked for before, is passed over.
        """
        if race.axis != self.controls.axis or len(race.curves) != len(self._curves):
            return
        self._race, self._newest = race, newest
        self._redraw(numbers or self._at is not None)

    def clear(self) -> None:
        """Back to before the first step."""
        self._race, self._newest, self._at = None, 0, None
        self._set_zoomed(False)
        for curves in self._curves:
            curves.clear()
        self._training.clear()
        self._branches.clear()
        self._canvas.show_cursor(None)
        self._canvas.show_standing(())
        self._canvas.ends.show_ends(())
        self._canvas.show_cross(None)
        self.legend.show_losses("", {})
        self._box.setRange(xRange=(0, 10), yRange=(0, 1), padding=0)
        self._canvas.note.say(empty_note(0, False, False))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._canvas.set_theme(theme)
        self.legend.set_theme(theme)
        self._color()
        self._canvas.show_focus(self.hasFocus())
        self._redraw()

    def set_stale(self, stale: bool) -> None:
        self._canvas.veil.set_stale(stale)

    # --- making ----------------------------------------------------------------------------

    def _build(self) -> None:
        self._canvas = RaceCanvas(self)
        self._canvas.setToolTip(canvas_tip())
        self._canvas.set_log(True)
        self._canvas.set_axis("step")
        self._box = self._canvas.box
        self._maker = LineMaker(self._canvas.plot, self)
        self._training, self._branches = TrainingLines(self._canvas.plot), BranchLines(self._maker)
        self._box.sigRangeChangedManually.connect(self._on_zoom)
        self._box.whole_wanted.connect(self.show_whole)
        self._box.sigResized.connect(self._on_resized)
        cast("pg.GraphicsScene", self._canvas.scene()).sigMouseMoved.connect(self._on_mouse_moved)
        self._canvas.viewport().installEventFilter(self)
        self.controls, self.legend = RaceControls(self._shown), RaceLegend(self._shown)
        self.controls.changed.connect(self._on_controls)
        self.controls.whole_wanted.connect(self.show_whole)
        self.controls.target_wanted.connect(lambda: self.controls.aim(self._canvas.middle_loss))
        self._canvas.target_moved.connect(self.controls.aim)
        self._shown.changed.connect(self._on_shown)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("race_splitter")
        self.splitter.addWidget(self._canvas)
        self.splitter.addWidget(self.legend)
        self.splitter.setCollapsible(0, False)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.splitterMoved.connect(self._on_dragged)
        row = QHBoxLayout()
        row.addWidget(self.controls, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(3)
        layout.addLayout(row)
        layout.addWidget(self.splitter, 1)

    def _on_dragged(self) -> None:
        self._arranged = True

    def _fit_legend(self) -> None:
        """As wide as its names need, until a person gives it another width."""
        if not self._arranged:
            wanted = self.legend.wanted_width
            self.splitter.setSizes([max(self.splitter.width() - wanted, 1), wanted])

    def _color(self) -> None:
        self._crowded = sum(map(self._shown.entry_shown, self._shown.order)) > CROWD
        if self._spec is not None:
            self._end_colors = [self._theme.entry_color(color) for color in self._spec.colors]
            for curves in self._curves:
                color = self._end_colors[curves.lane.entry]
                curves.set_look(color, self._theme, self.devicePixelRatioF(), THIN if self._crowded else 1.0)
            for lines in (self._training, self._branches):
                lines.set_look(self._theme, self._spec.colors, self.devicePixelRatioF())

    # --- drawing a frame -------------------------------------------------------------------

    def _redraw(self, numbers: bool = True) -> None:
        if self._race is None:
            return
        log = self.controls.log.isChecked()
        lanes = [
            traced(curve, log) if self._shown.lane_shown(curves.lane.id) else None
            for curves, curve in zip(self._curves, self._race.curves, strict=True)
        ]
        visible = [lane for lane in lanes if lane is not None]
        training = self._trained(log)
        found = calm_bounds([lane.all for lane in visible] + [(curve,) for curve in training.values()], log)
        if not self._zoomed:
            self._follow(visible, found)
        self._draw(lanes)
        self._training.draw(training)
        self._draw_futures(log)
        self._canvas.set_batched(bool(training))
        self._show_standing()
        self._canvas.show_target(self.controls.target)
        if numbers:
            self._read_out()
        self._canvas.note.say(empty_note(self._newest, bool(visible), self._zoomed or found is not None))

    def _trained(self, log: bool) -> dict[int, Drawn]:
        """Of each entry shown the losses over all rows: the first lane's, whose other's lie upon them."""
        assert self._race is not None
        found: dict[int, Drawn] = {}
        for curves, curve in zip(self._curves, self._race.curves, strict=True):
            lane = curves.lane
            if curve.training is None or curve.training_x is None or lane.entry in found:
                continue
            if self._shown.lane_shown(lane.id):
                found[lane.entry] = drawn(Curve(curve.training_x, curve.training), log)
        return found

    def _draw_futures(self, log: bool) -> None:
        assert self._race is not None
        lanes = [curves.lane for curves in self._curves]
        entries = {one.branch.number: one.branch.entry for one in self._race.branches}
        visible = self._branches.show(
            self._race.branches, lanes, lambda number: self._shown.entry_shown(entries[number]), log
        )
        self._branches.draw(visible, self._box)

    def _show_standing(self) -> None:
        """Where the run stands, unless that is at the curves' end: one line over steps, else a mark on each curve."""
        race = self._race
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
        top = np.inf if self._zoomed else top  # what has left the view bears its number where it did
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

    def _follow(self, lanes: list[Traced], found: Bounds | None) -> None:
        """One range for the frame, from what is drawn: no curve ranges by itself."""
        there = [lane.main.steps for lane in lanes if len(lane.main.steps)]
        if there:
            first = min(float(steps[0]) for steps in there) if self._axis == "step" else 0.0
            last = max(float(steps[-1]) for steps in there)
            self._canvas.show_length(first, max(last, first + 1) if self._axis != "seconds" else last)
        if found is not None:
            self._canvas.show_values(found)
        self._box.prepareForPaint()  # not in the midst of drawing, which would have all of it drawn once more

    def _read_out(self) -> None:
        """The crosshair's place where there is one, else the newest step. An answer under way changes nothing yet."""
        race, lanes = self._race, [curves.lane.id for curves in self._curves]
        if race is None:
            return
        if self._at is None:
            self.legend.show_losses(standing_heading(race.step), standing_losses(race, lanes) if race.step else {})
        elif self._asked_at == self._at:
            batched = race.every is not None
            self.legend.show_losses(reading_heading(race.axis, self._at, batched), losses_at(race, lanes))

    # --- what a person does ----------------------------------------------------------------

    def show_whole(self) -> None:
        """Leave the zoom; from now on the view follows the race again."""
        self._set_zoomed(False)
        self._redraw()
        self.request_changed.emit()

    def _set_zoomed(self, zoomed: bool) -> None:
        self._zoomed = zoomed
        self.controls.whole.setEnabled(zoomed)

    def _on_zoom(self, *_: object) -> None:
        if self._race is not None:
            self._set_zoomed(True)
            self.request_changed.emit()

    def _on_resized(self) -> None:
        self._redraw()
        self.request_changed.emit()

    def _on_shown(self) -> None:
        if self._shown.lanes == tuple(curves.lane for curves in self._curves):
            if self._crowded != (sum(map(self._shown.entry_shown, self._shown.order)) > CROWD):
                self._color()
            self._redraw()
            self.request_changed.emit()

    def _on_controls(self) -> None:
        controls = self.controls
        if controls.axis != self._axis:
            self._axis, self._at, self._race = controls.axis, None, None
            self._canvas.set_axis(controls.axis)
            self._canvas.show_cross(None)
            self._set_zoomed(False)
        self._canvas.set_log(controls.log.isChecked())
        self._canvas.show_target(controls.target)
        self._redraw()
        self.request_changed.emit()

    def _on_mouse_moved(self, position: QPointF) -> None:
        if self._box.sceneBoundingRect().contains(position):
            self._point_at(self._box.mapSceneToView(position).x())

    def _point_at(self, place: float | None) -> None:
        """Move the crosshair within the race (None: away) and ask for the losses there."""
        at = None if place is None or self._race is None else within(self._race, place)
        if at != self._at:
            self._at = at
            self._canvas.show_cross(at)
            self._read_out()
            self.request_changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        if event.key() == key.Key_Home:
            self.show_whole()
        elif event.key() in (key.Key_Left, key.Key_Right) and not event.modifiers():
            self._move_cross(-1 if event.key() == key.Key_Left else 1)
        elif event.key() == key.Key_Escape and self._at is not None:
            self._point_at(None)
        elif event.key() in (key.Key_Plus, key.Key_Equal, key.Key_Minus):
            self._box.zoom(1.25 if event.key() == key.Key_Minus else 0.8, along=False)
        else:
            super().keyPressEvent(event)

    def _move_cross(self, along: int) -> None:
        """By a step or evaluation; of seconds, by a pixel. It begins at the end of what is seen."""
        low, high = self._box.viewRange()[0]
        by = (high - low) / max(self._box.width(), 1) if self._axis == "seconds" else 1.0
        self._point_at(high if self._at is None else self._at + along * by)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._canvas.show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._canvas.show_focus(False)
