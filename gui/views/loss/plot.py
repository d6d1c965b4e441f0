"""The live loss of every lane and branch. Curves arrive thinned to the plot's width; in here they are only drawn."""

from typing import cast

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.protocol import CurveRequest, Frame
from engine.spec import ExperimentSpec
from gui.look.lanes import Lane, lanes_of
from gui.look.notes import named
from gui.look.theme import LIGHT, Theme
from gui.session.branch_names import BranchNames

from .branch_lines import BranchLines
from .canvas import LossCanvas
from .curve_line import CurveLine
from .curves import Drawn, bounds, calm_bounds, drawn
from .legend import Legend
from .training_lines import TrainingLines
from .words import canvas_tip, empty_note, gap_note, pointed_heading, reading_heading


class LossPlot(QWidget):
    """Follows the run until a person zooms; "Whole run", a double click or Home leads back.

    ``seek_wanted`` carries a step that the person wants to see all of, ``branch_removed`` the number of a branch.
    """

    request_changed = Signal()
    seek_wanted = Signal(int)
    branch_removed = Signal(int)

    def __init__(self, parent: QWidget | None = None, names: BranchNames | None = None):
        super().__init__(parent)
        self.setObjectName("loss_plot")
        self.setAccessibleName(self.tr("Loss of every lane over the steps"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme, self._dtype = LIGHT, "float32"
        self._lanes: tuple[Lane, ...] = ()
        self._colors: tuple[int, ...] = ()
        self._curves: list[CurveLine] = []
        self._frame: Frame | None = None
        self._at: int | None = None  # where the crosshair is
        self._asked_at: int | None = None  # the step that was last asked to be read out
        self._zoomed = False
        self._build_canvas()
        self._build_controls(names or BranchNames(self))
        self.set_theme(LIGHT)
        self.clear()

    @property
    def picture(self) -> LossCanvas:
        """What is exported."""
        return self._canvas

    # --- what the main window calls ----------------------------------------------------------

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Other lanes empty the plot; the same lanes (with another learning rate, say) go on."""
        lanes, self._colors, self._dtype = (lanes_of(spec), spec.colors, spec.dtype) if spec else ((), (), "float32")
        if lanes == self._lanes:
            self._legend.set_lanes(lanes, self._colors, self._dtype)
            self._color_curves()
            self._redraw()
            return
        self._branches.clear()
        self._legend.branches.set_branches((), (), self._dtype)
        self._legend.set_lanes(lanes, self._colors, self._dtype)
        self._lanes = lanes
        self._make_curves()
        self.clear()

    def forget_choices(self) -> None:
        """Another experiment was opened: a lane of the same name there is another lane."""
        self._legend.show_all()

    def request(self) -> CurveRequest | None:
        """What the next frame should carry; None while there is nothing to draw."""
        if not self._lanes or not self.isVisible():
            return None
        self._asked_at = self._read_at
        low, high = self._box.viewRange()[0]
        return CurveRequest(max(round(self._box.width()), 1), (low, high) if self._zoomed else None, self._asked_at)

    def show_frame(self, frame: Frame) -> None:
        if frame.curves is None or len(frame.curves.lanes) != len(self._lanes):
            return
        self._frame = frame
        branches = [curves.branch for curves in frame.curves.branches]
        self._legend.branches.set_branches(branches, self._lanes, self._dtype)
        self._redraw()
        if branches and not frame.running and self._read_at != self._asked_at:
            self.request_changed.emit()  # what the branches had at this step comes only where it is asked for

    def clear(self) -> None:
        """Back to before the first step."""
        self._frame, self._at = None, None
        self._set_zoomed(False)
        for curve in self._curves:
            curve.clear()
        self._branches.clear()
        self._training.clear()
        self._legend.branches.set_branches((), (), self._dtype)
        self._legend.show_values("", ())
        self._legend.show_notes([""] * len(self._lanes))
        self._canvas.show_cross(None)
        self._canvas.show_cursor(None)
        self._box.setRange(xRange=(0, 10), yRange=(0, 1), padding=0)
        self._canvas.note.say(empty_note(0, False, False))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._canvas.set_theme(theme)
        self._legend.set_theme(theme)
        self._color_curves()
        self._canvas.show_focus(self.hasFocus())

    def set_stale(self, stale: bool) -> None:
        self._canvas.veil.set_stale(stale)

    # --- making it ---------------------------------------------------------------------------

    def _build_canvas(self) -> None:
        self._canvas = LossCanvas(self)
        self._canvas.setToolTip(canvas_tip())
        self._box = self._canvas.box
        self._branches = BranchLines(self._canvas.plot)
        self._training = TrainingLines(self._canvas.plot)
        self._box.sigRangeChangedManually.connect(self._on_zoom)
        self._box.whole_wanted.connect(self.show_whole_run)
        self._box.picked.connect(lambda place: self._go(self._recorded(round(place.x()))))
        self._box.sigResized.connect(self.request_changed)
        cast("pg.GraphicsScene", self._canvas.scene()).sigMouseMoved.connect(self._on_mouse_moved)
        self._canvas.viewport().installEventFilter(self)

    def _build_controls(self, names: BranchNames) -> None:
        self._log = named(QCheckBox(self.tr("&Logarithmic")), "loss_log")
        self._log.setToolTip(self.tr("Show the loss on a logarithmic scale"))
        self._log.toggled.connect(self._on_log)
        self._whole = named(QPushButton(self.tr("&Whole run")), "loss_whole_run")
        self._whole.setToolTip(self.tr("Leave the zoom and follow the run again (Home, or a double click)"))
        self._whole.clicked.connect(self.show_whole_run)
        self._legend = Legend(names)
        self._legend.toggled.connect(self._redraw)
        self._legend.branches.removed.connect(self.branch_removed)
        self._legend.branches.pointed.connect(self._branches.point_at)
        controls = QHBoxLayout()
        controls.addWidget(self._log)
        controls.addStretch()
        controls.addWidget(self._whole)
        side = QVBoxLayout()
        side.setSpacing(2)
        side.addLayout(controls)
        side.addWidget(self._legend, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.addWidget(self._canvas, 1)
        layout.addLayout(side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._legend.set_room(self.width())

    def _make_curves(self) -> None:
        for curve in self._curves:
            curve.remove()
        self._curves = [CurveLine(self._canvas.plot, lane.backend) for lane in self._lanes]
        self._color_curves()

    def _color_curves(self) -> None:
        ratio = self.devicePixelRatioF()
        for lane, curve in zip(self._lanes, self._curves, strict=True):
            curve.set_look(self._theme.entry_color(self._colors[lane.entry]), self._theme, ratio)
        self._branches.set_look(self._theme, self._colors, ratio)
        self._training.set_look(self._theme, self._colors, ratio)

    # --- drawing a frame ---------------------------------------------------------------------

    @property
    def _newest(self) -> int:
        return max(self._frame.newest, self._frame.step) if self._frame else 0

    def _redraw(self) -> None:
        frame = self._frame
        if frame is None or frame.curves is None:
            return
        log = self._log.isChecked()
        lanes = [drawn(curve, log) for curve in frame.curves.lanes]
        shown = [self._legend.shown(index) for index in range(len(lanes))]
        branches = self._branches.show(frame.curves.branches, self._lanes, self._legend.branches.shown, log)
        visible = [lane for lane, is_shown in zip(lanes, shown, strict=True) if is_shown]
        visible += [curve for curves in branches.values() for curve in curves]
        training = self._trained(shown, log)
        visible += training.values()
        if not self._zoomed:
            self._follow(visible, log)
        for line, lane, is_shown in zip(self._curves, lanes, shown, strict=True):
            if is_shown:
                line.draw(lane, self._box)
            else:
                line.hide()
        self._branches.draw(branches, self._box)
        self._training.draw(training)
        self._canvas.set_batched(self._is_batched)
        self._canvas.show_cursor(frame.step if frame.step < self._newest else None)
        self._legend.show_notes([gap_note(lane) for lane in lanes])
        self._read_out()
        self._canvas.note.say(empty_note(self._newest, bool(visible), self._zoomed or bounds(visible) is not None))

    @property
    def _is_batched(self) -> bool:
        """Whether a step sees a part of the rows alone."""
        return self._frame is not None and self._frame.curves is not None and bool(self._frame.curves.training)

    def _trained(self, shown: list[bool], log: bool) -> dict[int, Drawn]:
        """Of each entry shown the losses over all rows: the first lane's, whose other's lie upon them."""
        assert self._frame is not None
        assert self._frame.curves is not None
        found: dict[int, Drawn] = {}
        for lane, curve, is_shown in zip(self._lanes, self._frame.curves.training, shown, strict=False):
            if is_shown and lane.entry not in found:
                found[lane.entry] = drawn(curve, log)
        return found

    def _follow(self, curves: list[Drawn], log: bool) -> None:
        """One range for the frame, from what is drawn: no curve ranges by itself."""
        assert self._frame is not None
        ends = [round(curve.steps[-1]) for curve in curves if len(curve.steps)]
        self._canvas.show_steps(min(self._frame.step, 1), max(self._newest, 2, *ends))
        if found := calm_bounds([[curve] for curve in curves], log):
            self._canvas.show_values(found)
        self._box.prepareForPaint()  # not in the midst of drawing, which would have all of it drawn once more

    @property
    def _read_at(self) -> int | None:
        """The step to be read out: the crosshair's; else, beside branches, the one shown."""
        if self._at is not None or self._frame is None or not self._frame.branches:
            return self._at
        return self._frame.step or None

    def _read_out(self) -> None:
        """The crosshair's step where there is one, else the one shown. An answer under way changes nothing yet."""
        frame = self._frame
        if frame is None or frame.curves is None:
            return
        at = frame.curves.at
        if self._at is None:
            heading = reading_heading(frame.step, self._newest, self._is_batched)
            self._legend.show_values(heading, frame.losses if frame.step else ())
        elif at is not None and at[0] == self._at:
            self._legend.show_values(pointed_heading(self._at, self._is_batched), at[1])
        if at is not None and at[0] == self._read_at:
            there = {one.branch.number: one.at for one in frame.curves.branches if one.at is not None}
            self._legend.branches.show_losses(there)
        elif self._at is None:
            self._legend.branches.show_losses(None)

    # --- what a person does ------------------------------------------------------------------

    def show_whole_run(self) -> None:
        """Leave the zoom; from now on the view follows the run again."""
        self._set_zoomed(False)
        self._redraw()
        self.request_changed.emit()

    def _set_zoomed(self, zoomed: bool) -> None:
        self._zoomed = zoomed
        self._whole.setEnabled(zoomed)

    def _on_zoom(self, *_: object) -> None:
        if self._frame is not None:
            self._set_zoomed(True)
            self.request_changed.emit()

    def _on_log(self, log: bool) -> None:
        self._canvas.set_log(log)
        self._redraw()
        if self._zoomed and self._frame is not None and self._frame.curves is not None:
            found = bounds([drawn(curve, log) for curve in self._frame.curves.lanes])
            if found:
                self._canvas.show_values(found)

    def _on_mouse_moved(self, position: QPointF) -> None:
        if self._box.sceneBoundingRect().contains(position):
            self._point_at(round(self._box.mapSceneToView(position).x()))

    def _recorded(self, step: int | None) -> int | None:
        return min(max(step, 1), self._newest) if step is not None and self._newest else None

    def _point_at(self, step: int | None) -> None:
        """Move the crosshair to a recorded step (None: away) and ask for its exact losses."""
        at = self._recorded(step)
        if at != self._at:
            self._at = at
            self._canvas.show_cross(at)
            self._read_out()
            self.request_changed.emit()

    def _go(self, step: int | None) -> None:
        if step is not None:
            self.seek_wanted.emit(step)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        if event.key() == key.Key_Home:
            self.show_whole_run()
        elif event.key() in (key.Key_Left, key.Key_Right):
            along = -1 if event.key() == key.Key_Left else 1
            shown = self._frame.step if self._frame else 0
            self._point_at(shown if self._at is None else self._at + along)
        elif event.key() == key.Key_Escape and self._at is not None:
            self._point_at(None)
        elif event.key() in (key.Key_Return, key.Key_Enter) and self._at is not None:
            self._go(self._at)
        elif event.key() in (key.Key_Plus, key.Key_Equal, key.Key_Minus):
            self._box.zoom(1.25 if event.key() == key.Key_Minus else 0.8, along=False)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._canvas.show_focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._canvas.show_focus(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.request_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.request_changed.emit()
