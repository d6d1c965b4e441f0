"""The live loss of every lane. Curves arrive thinned to the plot's width; in here they are only drawn."""

from typing import cast

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.protocol import CurveRequest, Frame
from engine.spec import ExperimentSpec
from gui.theme import LIGHT, Theme

from .axes import ValueAxis, WholeAxis, color_axis
from .lanes import Lane, lanes_of
from .legend import Legend
from .loss_curves import Density, Drawn, bounds, density_of, drawn, pen_of, plotted, translucent
from .loss_words import empty_note, gap_note
from .notes import CenterNote, StaleVeil, named
from .plot_box import PlotBox

SMOOTH = 120  # points up to which a curve is drawn antialiased: along thousands that costs ten times as much
EDGE = 0.015  # of the run's length, left free on both sides


class LossPlot(QWidget):
    """Follows the run until a person zooms; "Whole run", a double click or Home leads back."""

    request_changed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("loss_plot")
        self.setAccessibleName(self.tr("Loss of every lane over the steps"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = LIGHT
        self._lanes: tuple[Lane, ...] = ()
        self._curves: list[pg.PlotCurveItem] = []
        self._densities: list[Density] = []
        self._frame: Frame | None = None
        self._at: int | None = None
        self._zoomed = False
        self._build_plot()
        self._build_controls()
        self.set_theme(LIGHT)
        self.clear()

    # --- what the main window calls ----------------------------------------------------------

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Other lanes empty the plot; the same lanes (with another learning rate, say) go on."""
        lanes = lanes_of(spec) if spec else ()
        self._legend.set_lanes(lanes, spec.dtype if spec else "float32")
        if lanes == self._lanes:
            self._redraw()
            return
        self._lanes = lanes
        self._make_curves()
        self.clear()

    def request(self) -> CurveRequest | None:
        """What the next frame should carry; None while there is nothing to draw."""
        if not self._lanes or not self.isVisible():
            return None
        low, high = self._box.viewRange()[0]
        return CurveRequest(max(round(self._box.width()), 1), (low, high) if self._zoomed else None, self._at)

    def show_frame(self, frame: Frame) -> None:
        if frame.curves is not None and len(frame.curves.lanes) == len(self._lanes):
            self._frame = frame
            self._redraw()

    def clear(self) -> None:
        """Back to before the first step."""
        self._frame, self._at = None, None
        self._set_zoomed(False)
        for curve in self._curves:
            curve.setData([], [])
        self._legend.show_values("", ())
        self._legend.show_notes([""] * len(self._lanes))
        self._cross.hide()
        self._box.setRange(xRange=(0, 10), yRange=(0, 1), padding=0)
        self._note.say(empty_note(0, False, False))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._view.setBackground(theme.plot_background)
        for side in ("left", "bottom"):
            color_axis(self._plot.getAxis(side), theme)
        self._cross.setPen(pg.mkPen(theme.plot_axis, width=1))
        self._box.rbScaleBox.setPen(pg.mkPen(theme.accent))
        self._box.rbScaleBox.setBrush(translucent(theme.accent))
        for part in (self._note, self._veil, self._legend):
            part.set_theme(theme)
        self._color_curves()
        self._show_focus()

    def set_stale(self, stale: bool) -> None:
        self._veil.set_stale(stale)

    # --- making it ---------------------------------------------------------------------------

    def _build_plot(self) -> None:
        self._box = PlotBox()
        self._plot = pg.PlotItem(
            viewBox=self._box, axisItems={"left": ValueAxis("left"), "bottom": WholeAxis("bottom")}, enableMenu=False
        )
        self._plot.hideButtons()
        self._plot.getAxis("left").setWidth(62)
        self._plot.setLabel("bottom", self.tr("Step"))
        self._plot.setLabel("left", self.tr("Loss"))
        self._plot.showGrid(x=True, y=True, alpha=0.2)
        for side in ("left", "bottom"):
            self._plot.getAxis(side).setZValue(-1)  # the grid lies under the curves
            self._plot.getAxis(side).setStyle(maxTickLevel=1)  # a third level of grid lines costs more than all curves
        self._view = pg.GraphicsView(useOpenGL=False)
        self._view.setObjectName("loss_canvas")
        self._view.setFocusProxy(self)
        self._view.setCentralItem(self._plot)
        self._view.setMinimumSize(200, 100)
        self._cross = pg.InfiniteLine(angle=90, movable=False)
        self._plot.addItem(self._cross, ignoreBounds=True)
        self._note = CenterNote(self._box)
        self._veil = StaleVeil(self._view)
        self._box.sigRangeChangedManually.connect(self._on_zoom)
        self._box.whole_wanted.connect(self.show_whole_run)
        self._box.sigResized.connect(self.request_changed)
        cast("pg.GraphicsScene", self._view.scene()).sigMouseMoved.connect(self._on_mouse_moved)
        self._view.viewport().installEventFilter(self)

    def _build_controls(self) -> None:
        self._log = named(QCheckBox(self.tr("&Logarithmic")), "loss_log")
        self._log.setToolTip(self.tr("Show the loss on a logarithmic scale"))
        self._log.toggled.connect(self._on_log)
        self._whole = named(QPushButton(self.tr("&Whole run")), "loss_whole_run")
        self._whole.setToolTip(self.tr("Leave the zoom and follow the run again (Home, or a double click)"))
        self._whole.clicked.connect(self.show_whole_run)
        self._legend = Legend()
        self._legend.toggled.connect(self._redraw)
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
        layout.addWidget(self._view, 1)
        layout.addLayout(side)

    def _make_curves(self) -> None:
        for curve in self._curves:
            self._plot.removeItem(curve)
        self._curves = []
        for lane in self._lanes:
            curve = pg.PlotCurveItem(skipFiniteCheck=True)
            curve.setZValue(2 if lane.backend == "torch" else 1)
            self._plot.addItem(curve, ignoreBounds=True)
            self._curves.append(curve)
        self._densities = ["sparse"] * len(self._lanes)
        self._color_curves()

    def _color_curves(self) -> None:
        for index in range(len(self._curves)):
            self._set_pen(index)

    def _set_pen(self, index: int) -> None:
        lane, color = self._lanes[index], self._theme.entry_color(self._lanes[index].entry)
        density, ratio = self._densities[index], self.devicePixelRatioF()
        self._curves[index].setPen(pen_of(lane.backend, color, self._theme, density, ratio))

    # --- drawing a frame ---------------------------------------------------------------------

    def _redraw(self) -> None:
        frame = self._frame
        if frame is None or frame.curves is None:
            return
        lanes = [drawn(curve, self._log.isChecked()) for curve in frame.curves.lanes]
        shown = [self._legend.shown(index) for index in range(len(lanes))]
        visible_lanes = [lane for lane, visible in zip(lanes, shown, strict=True) if visible]
        if not self._zoomed:
            self._follow(visible_lanes)
        for index, (lane, visible) in enumerate(zip(lanes, shown, strict=True)):
            self._curves[index].setVisible(visible)
            if visible:
                self._draw(index, lane)
        self._legend.show_notes([gap_note(lane) for lane in lanes])
        self._read_out()
        drawable = self._zoomed or bounds(visible_lanes) is not None
        self._note.say(empty_note(frame.step, bool(visible_lanes), drawable))

    def _draw(self, index: int, curve: Drawn) -> None:
        """One setData a frame; another pen only where the density has changed."""
        left, right = self._box.viewRange()[0]
        pixels_per_step = self._box.width() / (right - left)
        density = density_of(curve, pixels_per_step)
        if density != self._densities[index]:
            self._densities[index] = density
            self._set_pen(index)
        data = plotted(curve, self._lanes[index].backend, density, pixels_per_step)
        self._curves[index].setData(**data, antialias=len(curve.steps) <= SMOOTH)

    def _follow(self, lanes: list[Drawn]) -> None:
        """One range for the frame, from what is drawn: no curve ranges by itself."""
        assert self._frame is not None
        last = max(self._frame.step, 2)
        edge = (last - 1) * EDGE
        self._box.setXRange(1 - edge, last + edge, padding=0)
        self._fit_values(lanes)

    def _fit_values(self, lanes: list[Drawn]) -> None:
        if ends := bounds(lanes):
            self._box.setYRange(ends.low, ends.high, padding=0)

    def _read_out(self) -> None:
        """The crosshair's step where there is one, else the newest. An answer under way changes nothing yet."""
        frame = self._frame
        if frame is None or frame.curves is None:
            return
        if self._at is None:
            heading = self.tr("newest, step {step}").format(step=f"{frame.step:,}") if frame.step else ""
            self._legend.show_values(heading, frame.losses if frame.step else ())
        elif frame.curves.at is not None and frame.curves.at[0] == self._at:
            heading = self.tr("at step {step}").format(step=f"{self._at:,}")
            self._legend.show_values(heading, frame.curves.at[1])

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
        self._plot.getAxis("left").setLogMode(x=False, y=log)
        self._redraw()
        if self._zoomed and self._frame is not None and self._frame.curves is not None:
            self._fit_values([drawn(curve, log) for curve in self._frame.curves.lanes])

    def _on_mouse_moved(self, position: QPointF) -> None:
        if self._box.sceneBoundingRect().contains(position):
            self._point_at(round(self._box.mapSceneToView(position).x()))

    def _point_at(self, step: int | None) -> None:
        """Move the crosshair to a recorded step (None: away) and ask for its exact losses."""
        last = self._frame.step if self._frame else 0
        at = min(max(step, 1), last) if step is not None and last else None
        if at == self._at:
            return
        self._at = at
        self._cross.setVisible(at is not None)
        if at is not None:
            self._cross.setValue(at)
        self._read_out()
        self.request_changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key, self._frame.step if self._frame else 0
        if event.key() == key.Key_Home:
            self.show_whole_run()
        elif event.key() in (key.Key_Left, key.Key_Right):
            along = -1 if event.key() == key.Key_Left else 1
            self._point_at(last if self._at is None else self._at + along)
        elif event.key() == key.Key_Escape and self._at is not None:
            self._point_at(None)
        elif event.key() in (key.Key_Plus, key.Key_Equal, key.Key_Minus):
            self._box.zoom(1.25 if event.key() == key.Key_Minus else 0.8, along=False)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus()

    def _show_focus(self) -> None:
        self._box.setBorder(pg.mkPen(self._theme.accent if self.hasFocus() else None, width=1))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.request_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.request_changed.emit()
