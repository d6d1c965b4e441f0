"""The race itself: the loss of every lane over steps, seconds or evaluations. Curves come thinned to the width."""

from typing import cast

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from engine.protocol import Race, RaceRequest
from engine.spec import ExperimentSpec, RowsFor, row_count
from gui.look.plot_canvas import PlotKeys
from gui.look.theme import LIGHT, Theme
from gui.views.loss.curves import pixels_for

from ..entries.shown import Shown
from .canvas import RaceCanvas
from .controls import RaceControls
from .drawing import RaceDrawing
from .legend import RaceLegend
from .readings import within
from .words import canvas_tip

POINTS = 5_000  # of all curves together: many curves are coarser, so that a frame costs no more than it may


class RacePlot(QWidget):
    """Show the race. It follows the run until a person zooms; "Whole race", a double click or Home leads back."""

    request_changed = Signal()

    def __init__(self, shown: Shown):
        super().__init__()
        self.setObjectName("race_plot")
        self.setAccessibleName(self.tr("Loss of every lane of the race"))
        self._shown, self._arranged = shown, False
        self._build()
        self.set_theme(LIGHT)
        self.clear()

    @property
    def picture(self) -> RaceCanvas:
        """Return the canvas, which is what is exported."""
        return self._canvas

    @property
    def target(self) -> float | None:
        return self.controls.target

    @property
    def target_of(self) -> RowsFor:
        """Return over which rows the target's loss is."""
        return self.controls.target_of

    # --- what the view calls ---------------------------------------------------------------

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Take the entries; other lanes empty the plot, the same go on. ``shown`` has the experiment already."""
        self.legend.set_experiment(spec)
        self.controls.set_tested(spec is not None and row_count(spec, "test") > 0)
        self._fit_legend()
        if not self._drawing.set_experiment(spec):
            self.clear()
        self._drawing.color()
        self._drawing.redraw()

    def request(self, table: bool, paths: bool) -> RaceRequest | None:
        """Return what the next frame should carry; None while there is nothing to draw."""
        drawing, controls = self._drawing, self.controls
        if not drawing.lane_count:
            return None
        drawing.asked_at = drawing.at
        pixels = pixels_for(self._box.width(), drawing.visible_count, POINTS)
        low, high = self._box.viewRange()[0]
        span = (low, high) if drawing.zoomed else None
        return RaceRequest(
            pixels,
            controls.axis,
            span,
            controls.share,
            controls.target,
            controls.target_of,
            drawing.at,
            table,
            paths,
            branches=controls.futures_shown,
        )

    def set_futures(self, count: int) -> None:
        """Say how many abandoned futures there are to be shown."""
        self.controls.set_futures(count)

    def show_race(self, race: Race, newest: int, numbers: bool = True) -> None:
        """Show a race. ``newest``: the last step recorded. ``numbers``: the legend's too; at the crosshair always.

        An answer about another axis, asked for before, is passed over.
        """
        if race.axis == self.controls.axis and len(race.curves) == self._drawing.lane_count:
            self._drawing.show(race, newest, numbers)

    def clear(self) -> None:
        """Go back to before the first step."""
        self._set_zoomed(False)
        self._drawing.clear()

    def set_theme(self, theme: Theme) -> None:
        self._drawing.set_theme(theme)
        self._canvas.show_focus(self.hasFocus())
        self._drawing.redraw()

    def set_stale(self, stale: bool) -> None:
        self._canvas.veil.set_stale(stale)

    # --- making ----------------------------------------------------------------------------

    def _build(self) -> None:
        self._canvas = RaceCanvas(self)
        self._canvas.setToolTip(canvas_tip())
        self._canvas.set_log(True)
        self._canvas.set_axis("step")
        self._box = self._canvas.box
        self._box.sigRangeChangedManually.connect(self._on_zoom)
        self._box.whole_wanted.connect(self.show_whole)
        self._box.sigResized.connect(self._on_resized)
        PlotKeys(self, self._canvas, self.show_whole).left.connect(lambda: self._point_at(None))
        cast("pg.GraphicsScene", self._canvas.scene()).sigMouseMoved.connect(self._on_mouse_moved)
        self.controls, self.legend = RaceControls(self._shown), RaceLegend(self._shown)
        self._drawing = RaceDrawing(self._canvas, self.legend, self._shown, self)
        self.controls.changed.connect(self._on_controls)
        self.controls.whole_wanted.connect(self.show_whole)
        self.controls.target_wanted.connect(lambda: self.controls.aim(self._canvas.middle_loss))
        self._canvas.target_moved.connect(self.controls.aim)
        self._shown.changed.connect(self._on_shown)
        self._shown.earlier_changed.connect(self._on_earlier)
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

    # --- what a person does ----------------------------------------------------------------

    def show_whole(self) -> None:
        """Leave the zoom; from now on the view follows the race again."""
        self._set_zoomed(False)
        self._drawing.redraw()
        self.request_changed.emit()

    def _set_zoomed(self, zoomed: bool) -> None:
        self._drawing.zoomed = zoomed
        self.controls.whole.setEnabled(zoomed)

    def _on_zoom(self, *_: object) -> None:
        if self._drawing.race is not None:
            self._set_zoomed(True)
            self.request_changed.emit()

    def _on_resized(self) -> None:
        self._drawing.redraw()
        self.request_changed.emit()

    def _on_shown(self) -> None:
        if self._drawing.is_current:
            self._drawing.thin_out()
            self._drawing.show_earlier()
            self._drawing.redraw()
            self.request_changed.emit()

    def _on_earlier(self) -> None:
        self._drawing.show_earlier()
        self._fit_legend()
        self._drawing.redraw()

    def _on_controls(self) -> None:
        controls, drawing = self.controls, self._drawing
        if controls.axis != drawing.axis:
            drawing.axis, drawing.at, drawing.race = controls.axis, None, None
            self._canvas.set_axis(controls.axis)
            self._canvas.show_cross(None)
            self._set_zoomed(False)
            drawing.show_earlier()
        drawing.log, drawing.target = controls.log.isChecked(), controls.target
        drawing.tests_shown, drawing.share = controls.tests_shown, controls.share
        self._canvas.set_log(drawing.log)
        self._canvas.show_target(drawing.target)
        drawing.redraw()
        self.request_changed.emit()

    def _on_mouse_moved(self, position: QPointF) -> None:
        if self._box.sceneBoundingRect().contains(position):
            self._point_at(self._box.mapSceneToView(position).x())

    def _point_at(self, place: float | None) -> None:
        """Move the crosshair within the race (None: away) and ask for the losses there."""
        at = None if place is None or self._drawing.race is None else within(self._drawing.race, place)
        if at != self._drawing.at:
            self._drawing.at = at
            self._canvas.show_cross(at)
            self._drawing.read_out()
            self.request_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        if event.key() in (key.Key_Left, key.Key_Right) and not event.modifiers():
            self._move_cross(-1 if event.key() == key.Key_Left else 1)
        elif event.key() == key.Key_Escape and self._drawing.at is not None:
            self._point_at(None)
        else:
            super().keyPressEvent(event)

    def _move_cross(self, along: int) -> None:
        """By a step or evaluation; of seconds, by a pixel. It begins at the end of what is seen."""
        low, high = self._box.viewRange()[0]
        by = (high - low) / max(self._box.width(), 1) if self._drawing.axis == "seconds" else 1.0
        self._point_at(high if self._drawing.at is None else self._drawing.at + along * by)
