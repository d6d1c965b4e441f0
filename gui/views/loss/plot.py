"""The live loss of every lane and branch. Curves arrive thinned to the plot's width; in here they are only drawn."""

from typing import NamedTuple, cast

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.protocol import CurveRequest, Frame
from engine.spec import ExperimentSpec
from gui.look.lanes import lanes_of
from gui.look.notes import named
from gui.look.plot_canvas import PlotKeys
from gui.look.theme import LIGHT, Theme
from gui.session.branch_names import BranchNames

from ..run_view import RunView
from .canvas import LossCanvas
from .curves import pixels_for
from .drawing import LossDrawing
from .legend import Legend
from .words import canvas_tip


class LossView(NamedTuple):
    """Say what of a run is seen. ``zoom``: the part of the plane, None for all of the run; ``hidden``: lanes' ids."""

    zoom: QRectF | None
    hidden: frozenset[str]


class LossPlot(RunView):
    """Show the run's losses, and follow it until a person zooms; "Whole run", a double click or Home leads back.

    ``seek_wanted`` carries a step that the person wants to see all of, ``branch_removed`` the number of a branch.
    """

    seek_wanted = Signal(int)
    branch_removed = Signal(int)

    def __init__(self, parent: QWidget | None = None, names: BranchNames | None = None):
        super().__init__(parent)
        self.setObjectName("loss_plot")
        self.setAccessibleName(self.tr("Loss of every lane over the steps"))
        self._legend = Legend(names or BranchNames(self))
        self._build_canvas()
        self._build_controls()
        self.set_theme(LIGHT)
        self.clear()

    @property
    def picture(self) -> LossCanvas:
        """Return the canvas, which is what is exported."""
        return self._canvas

    # --- what the main window calls ----------------------------------------------------------

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Take the run's experiment. Other lanes empty the plot; the same (with another learning rate, say) go on."""
        lanes, colors, dtype = (lanes_of(spec), spec.colors, spec.dtype) if spec else ((), (), "float32")
        if self._drawing.set_lanes(lanes, colors, dtype):
            self._drawing.redraw()
        else:
            self.clear()

    def forget_choices(self) -> None:
        """Show all lanes: of another experiment a lane of the same name is another lane."""
        self._legend.show_all()

    def set_foot(self, widget: QWidget) -> None:
        """Put something below the plot, which it may show and hide."""
        self._column.addWidget(widget)

    def request(self) -> CurveRequest | None:
        """Return what the next frame should carry; None while there is nothing to draw."""
        drawing = self._drawing
        if not drawing.lanes or not self.isVisible():
            return None
        drawing.asked_at = drawing.read_at
        low, high = self._box.viewRange()[0]
        span = (low, high) if drawing.zoomed else None
        return CurveRequest(pixels_for(self._box.width(), len(drawing.lanes)), span, drawing.asked_at)

    def show_frame(self, frame: Frame) -> None:
        drawing = self._drawing
        if frame.curves is None or len(frame.curves.lanes) != len(drawing.lanes):
            return
        drawing.show(frame)
        if frame.curves.branches and not frame.running and drawing.read_at != drawing.asked_at:
            self.request_changed.emit()  # what the branches had at this step comes only where it is asked for

    def clear(self) -> None:
        """Go back to before the first step."""
        self._set_zoomed(False)
        self._drawing.clear()

    def kept(self) -> LossView:
        """Return where a person has zoomed to, and which lanes are hidden."""
        return LossView(self._box.viewRect() if self._drawing.zoomed else None, self._legend.hidden)

    def put_back(self, view: LossView) -> None:
        """Show what another plot of the same run has shown."""
        self._legend.hide_lanes(view.hidden)
        if view.zoom is not None:
            self._box.setRange(view.zoom, padding=0)
            self._on_zoom()

    def set_theme(self, theme: Theme) -> None:
        self._drawing.set_theme(theme)
        self._canvas.show_focus(self.hasFocus())

    def set_stale(self, stale: bool) -> None:
        self._canvas.veil.set_stale(stale)

    # --- making it ---------------------------------------------------------------------------

    def _build_canvas(self) -> None:
        self._canvas = LossCanvas(self)
        self._canvas.setToolTip(canvas_tip())
        self._box = self._canvas.box
        self._drawing = LossDrawing(self._canvas, self._legend, self)
        self._box.sigRangeChangedManually.connect(self._on_zoom)
        self._box.whole_wanted.connect(self.show_whole_run)
        self._box.picked.connect(lambda place: self._go(self._recorded(round(place.x()))))
        self._box.sigResized.connect(self.request_changed)
        PlotKeys(self, self._canvas, self.show_whole_run).left.connect(lambda: self._point_at(None))
        cast("pg.GraphicsScene", self._canvas.scene()).sigMouseMoved.connect(self._on_mouse_moved)

    def _build_controls(self) -> None:
        self._log = named(QCheckBox(self.tr("&Logarithmic")), "loss_log")
        self._log.setToolTip(self.tr("Show the loss on a logarithmic scale"))
        self._log.toggled.connect(self._drawing.set_log)
        self._whole = named(QPushButton(self.tr("&Whole run")), "loss_whole_run")
        self._whole.setToolTip(self.tr("Leave the zoom and follow the run again (Home, or a double click)"))
        self._whole.clicked.connect(self.show_whole_run)
        self._legend.toggled.connect(self._drawing.redraw)
        self._legend.branches.removed.connect(self.branch_removed)
        self._legend.branches.pointed.connect(self._drawing.branches.point_at)
        controls = QHBoxLayout()
        controls.addWidget(self._log)
        controls.addStretch()
        controls.addWidget(self._whole)
        side = QVBoxLayout()
        side.setSpacing(2)
        side.addLayout(controls)
        side.addWidget(self._legend, 1)
        row = QHBoxLayout()
        row.addWidget(self._canvas, 1)
        row.addLayout(side)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2, 2, 2, 2)
        self._column.addLayout(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._legend.set_room(self.width())

    # --- what a person does ------------------------------------------------------------------

    def show_whole_run(self) -> None:
        """Leave the zoom; from now on the view follows the run again."""
        self._set_zoomed(False)
        self._drawing.redraw()
        self.request_changed.emit()

    def _set_zoomed(self, zoomed: bool) -> None:
        self._drawing.zoomed = zoomed
        self._whole.setEnabled(zoomed)

    def _on_zoom(self, *_: object) -> None:
        if self._drawing.frame is not None:
            self._set_zoomed(True)
            self.request_changed.emit()

    def _on_mouse_moved(self, position: QPointF) -> None:
        if self._box.sceneBoundingRect().contains(position):
            self._point_at(round(self._box.mapSceneToView(position).x()))

    def _recorded(self, step: int | None) -> int | None:
        newest = self._drawing.newest
        return min(max(step, 1), newest) if step is not None and newest else None

    def _point_at(self, step: int | None) -> None:
        """Move the crosshair to a recorded step (None: away) and ask for its exact losses."""
        at = self._recorded(step)
        if at != self._drawing.at:
            self._drawing.at = at
            self._canvas.show_cross(at)
            self._drawing.read_out()
            self.request_changed.emit()

    def _go(self, step: int | None) -> None:
        if step is not None:
            self.seek_wanted.emit(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = Qt.Key, self._drawing.at
        if event.key() in (key.Key_Left, key.Key_Right):
            along = -1 if event.key() == key.Key_Left else 1
            frame = self._drawing.frame
            shown = frame.step if frame is not None else 0
            self._point_at(shown if at is None else at + along)
        elif event.key() == key.Key_Escape and at is not None:
            self._point_at(None)
        elif event.key() in (key.Key_Return, key.Key_Enter) and at is not None:
            self._go(at)
        else:
            super().keyPressEvent(event)
