"""A sweep's picture, and what a person does on it: point at a setting, read it out, choose it."""

from typing import cast

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.protocol import Spread, SweepPart, lowest, spread_of
from engine.spec import RowsFor
from gui.look.flow import Flow
from gui.look.naming import name_field
from gui.look.plot_canvas import PlotKeys
from gui.look.theme import LIGHT, Theme

from .canvas import Place, SweepCanvas
from .drawn import Scale, nearest, places, scale_of
from .words import all_diverged_text, field_title, point_text, waiting_text

NEAR = 14  # pixels from a point of the line within which a click means it
Point = tuple[int, int]  # which value of axis 1, which of axis 2


class SweepPlot(QWidget):
    """Show a sweep. ``chosen``: the point clicked, or at Enter; ``pinned_changed``: ``point`` is another."""

    chosen = Signal(int, int)
    pinned_changed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("sweep_plot")
        self.setAccessibleName(self.tr("Loss over the hyperparameter"))
        self._theme, self._optimizer = LIGHT, ""
        self._part: SweepPart | None = None
        self._spread: Spread | None = None
        self._scale: Scale | None = None
        self._hovered: Point | None = None
        self._pinned: Point | None = None
        self._zoomed = False
        self._build()
        self.set_theme(LIGHT)

    def _build(self) -> None:
        self.view = SweepCanvas(self)
        self.view.setToolTip(
            self.tr(
                "Click a point to make an entry of it. Arrow keys point, Enter makes the entry.\n"
                "Drag a rectangle to zoom; a double click or Home shows all of it again."
            )
        )
        self._which = QComboBox()
        self._which.addItem(self.tr("Final loss"), "final")
        self._which.addItem(self.tr("Lowest on the way"), "best")
        tip = self.tr(
            "The loss of the weights reached, over the training rows or over those that only test, "
            "or the lowest that there was on the way to them"
        )
        name_field(self._which, "sweep_which", self.tr("Which loss is drawn"), tip)
        self._log = QCheckBox(self.tr("Lo&garithmic"))
        self._log.setChecked(True)
        name_field(self._log, "sweep_log", self.tr("Logarithmic loss"), self.tr("Show the loss on a logarithmic scale"))
        self._whole = QPushButton(self.tr("&All of it"))
        name_field(
            self._whole, "sweep_whole", self.tr("All of it"), self.tr("Leave the zoom (Home, or a double click)")
        )
        self._readout = QLabel()
        name_field(self._readout, "sweep_readout", self.tr("The setting pointed at"))
        self._readout.setWordWrap(True)
        self._readout.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        controls = QWidget()
        flow = Flow(controls)
        for part in (self._which, self._log, self._whole):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(controls)
        column.addWidget(self.view, 1)
        column.addWidget(self._readout)
        self._which.currentIndexChanged.connect(self._on_scale)
        self._log.toggled.connect(self._on_scale)
        self._whole.clicked.connect(self.show_whole)
        box = self.view.box
        box.whole_wanted.connect(self.show_whole)
        box.sigRangeChangedManually.connect(lambda *_: self._set_zoomed(self._part is not None))
        scene = cast("pg.GraphicsScene", self.view.scene())
        scene.sigMouseMoved.connect(self._on_mouse_moved)
        scene.sigMouseClicked.connect(self._on_clicked)
        PlotKeys(self, self.view, self.show_whole, both=True).left.connect(lambda: self._hover(None))
        self._set_zoomed(False)

    # --- what the page calls ------------------------------------------------------------------

    def show_part(self, part: SweepPart, optimizer: str, color: str) -> None:
        """Show a part; another sweep's leaves the zoom and the pin of the one before."""
        if self._part is None or self._part.job != part.job:
            self._pinned = self._hovered = None
            self._set_zoomed(False)
        self._part, self._optimizer = part, optimizer
        self._offer_test(part.test is not None)
        self.view.set_color(color)
        self._redraw()

    def show_note(self, text: str) -> None:
        """Say a sentence, and show nothing else."""
        self._part = self._spread = self._scale = self._pinned = self._hovered = None
        self.view.clear_all()
        self.view.note.say(text)
        self._readout.setText("")
        self._set_zoomed(False)
        self.pinned_changed.emit()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.view.set_theme(theme)
        self.view.show_focus(self.hasFocus())

    @property
    def by(self) -> RowsFor:
        """Return over which rows the losses shown are."""
        return "test" if self._which.currentData() == "test" else "training"

    def _offer_test(self, tested: bool) -> None:
        """Have the loss over the test rows among those to choose from where the sweep has it."""
        place = self._which.findData("test")
        if tested and place < 0:
            self._which.addItem(self.tr("Test loss"), "test")
        elif not tested and place >= 0:
            with QSignalBlocker(self._which):  # what is shown is drawn next
                self._which.removeItem(place)

    @property
    def point(self) -> Point | None:
        """Return the point pinned, or else the lowest."""
        return self._pinned or self._lowest

    @property
    def _lowest(self) -> Point | None:
        return lowest(self._spread) if self._spread is not None else None

    def show_whole(self) -> None:
        self._set_zoomed(False)
        self._redraw()

    # --- drawing ------------------------------------------------------------------------------

    def _redraw(self) -> None:
        part = self._part
        if part is None:
            return
        spread = self._spread = spread_of(part, best=self._which.currentData() == "best", by=self.by)
        scale = scale_of((spread.median, spread.low, spread.high), self._log.isChecked())
        self.view.note.say(self._note() if scale is None else "")
        self._scale = scale or Scale(0.0, 1.0, False)
        titles = [field_title(self._optimizer, axis.path) for axis in part.plan.axes]
        self.view.show_axes(part.plan, self._scale, [*titles, self._which.currentText()][:2])
        if len(titles) > 1:
            self.view.draw_map(part.plan, spread, self._scale)
        else:
            self.view.draw_line(part.plan, spread, self._scale)
        if not self._zoomed:
            self.view.show_whole(part.plan, self._scale)
        self._mark()
        self.pinned_changed.emit()

    def _note(self) -> str:
        """Why there is no loss to draw."""
        assert self._part is not None
        return all_diverged_text() if self._part.diverged.all() else waiting_text()

    def _mark(self) -> None:
        """Where the lowest, the pinned and the pointed-at are, and what the last of these has."""
        if self._part is None or self._spread is None:
            return
        self.view.mark(self._place(self._lowest), self._place(self._pinned), self._place(self._hovered))
        if np.isnan(self._spread.median).all() and not self._part.diverged.any():  # before the first losses
            self._readout.setText("")
            return
        at = self._hovered or self.point
        is_best = self._hovered is None and self._pinned is None
        self._readout.setText(point_text(self._part, self._spread, at, is_best) if at is not None else "")

    def _place(self, at: Point | None) -> Place:
        """Where it is drawn; what diverged is at the top."""
        if at is None or self._part is None or self._spread is None or self._scale is None:
            return None
        axes = self._part.plan.axes
        across = float(places(axes[0])[at[0]])
        if len(axes) > 1:
            return across, float(places(axes[1])[at[1]])
        loss = self._scale.drawn(np.array(self._spread.median[at]))
        return across, float(loss) if np.isfinite(loss) else self._scale.high

    # --- what a person does -------------------------------------------------------------------

    def _on_scale(self) -> None:
        self._set_zoomed(False)
        self._redraw()

    def _set_zoomed(self, zoomed: bool) -> None:
        self._zoomed = zoomed
        self._whole.setEnabled(zoomed)

    def _at(self, scene: QPointF) -> Point | None:
        """Return the setting under the pointer: of a line the nearest along the axis, of a map the cell."""
        part, box = self._part, self.view.box
        if part is None or not box.sceneBoundingRect().contains(scene):
            return None
        place = box.mapSceneToView(scene)
        first = nearest(part.plan.axes[0], place.x())
        return first, nearest(part.plan.axes[1], place.y()) if len(part.plan.axes) > 1 else 0

    def _on_mouse_moved(self, scene: QPointF) -> None:
        self._hover(self._at(scene))

    def _hover(self, at: Point | None) -> None:
        if at != self._hovered:
            self._hovered = at
            self._mark()

    def _on_clicked(self, event) -> None:
        if event.button() != Qt.MouseButton.LeftButton or event.double():
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at = self._at(event.scenePos())
        if at is not None and self._is_near(at, event.scenePos()):
            self._pin(at)
            self.chosen.emit(*at)

    def _is_near(self, at: Point, scene: QPointF) -> bool:
        if self._part is None or len(self._part.plan.axes) > 1:
            return True
        place = self._place(at)
        assert place is not None
        away = self.view.box.mapViewToScene(QPointF(*place)) - scene
        return away.x() ** 2 + away.y() ** 2 <= NEAR**2

    def _pin(self, at: Point | None) -> None:
        self._pinned = at
        self._mark()
        self.pinned_changed.emit()

    def _step(self, across: int, up: int) -> None:
        """From the point at hand to the one beside it."""
        assert self._spread is not None
        rows, columns = self._spread.median.shape
        before = self.point or (0, 0)
        self._pin((min(max(before[0] + across, 0), rows - 1), min(max(before[1] + up, 0), columns - 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        arrows = {key.Key_Left: (-1, 0), key.Key_Right: (1, 0), key.Key_Down: (0, -1), key.Key_Up: (0, 1)}
        if self._part is not None and event.key() in arrows:
            self._step(*arrows[key(event.key())])
        elif event.key() in (key.Key_Return, key.Key_Enter) and self.point is not None:
            self.chosen.emit(*self.point)
        elif event.key() == key.Key_Escape and self._pinned is not None:
            self._pin(None)
        else:
            super().keyPressEvent(event)
