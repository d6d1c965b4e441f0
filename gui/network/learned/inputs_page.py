"""What the fit and the boundary have in common: a plot with the data, a legend, and numbers of what is pointed at."""

from typing import cast

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from engine.protocol import Learned, OverInputs, Side
from gui.look.axes import ValueAxis
from gui.look.notes import named
from gui.look.plot_canvas import PlotCanvas, PlotKeys
from gui.look.theme import LIGHT, Theme
from gui.views.loss.values import set_text

from .data_points import DataPoints
from .facts import Facts
from .page import LearnedPage

ARROWS = {Qt.Key.Key_Up: (1, 0), Qt.Key.Key_Down: (-1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}


class InputsPage(LearnedPage):
    """Draw over the inputs. A kind of page says what: ``_draw``, ``_show_data``, ``_legend_text``, ``_read``.

    The crosshair goes from point to point of what was computed, (row, column), by mouse or arrow keys.
    """

    def __init__(self, name: str, spoken: str, grid: bool):
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._theme = LIGHT
        self._facts: Facts | None = None
        self._side: Side = "diy"
        self._found: OverInputs | None = None
        self._at: tuple[int, int] | None = None
        self._zoomed = False
        self.canvas = PlotCanvas(self, f"{name}_canvas", ValueAxis("bottom"), left_width=44, grid=grid)
        self.canvas.setCentralItem(self.canvas.plot)
        self._points = DataPoints(self.canvas.plot, self)
        self._points.chosen.connect(self.row_chosen)
        self._cross = (pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=0))
        for line in self._cross:
            line.setZValue(40)
            line.hide()
            self.canvas.plot.addItem(line, ignoreBounds=True)
        box = self.canvas.box
        box.sigRangeChangedManually.connect(lambda *_: self._set_zoomed())
        box.whole_wanted.connect(self.show_whole)
        PlotKeys(self, self.canvas, self.show_whole, both=True).left.connect(lambda: self._point_at(None))
        cast("pg.GraphicsScene", self.canvas.scene()).sigMouseMoved.connect(self._on_mouse_moved)
        self._legend = named(QLabel(), f"{name}_legend")
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        self._legend.setWordWrap(True)
        self.readout = named(QLineEdit(), f"{name}_readout", self.tr("Numbers of what is pointed at"))
        self.readout.setReadOnly(True)
        self.readout.setFrame(False)
        self.readout.setPlaceholderText(self.tr("Point at the plot, or use the arrow keys, for its numbers"))
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(2)
        self.rows.addWidget(self.canvas, 1)
        self.rows.addWidget(self._legend)
        self.rows.addWidget(self.readout)

    # --- what the panel calls ------------------------------------------------------------------

    def key_stops(self) -> list[QWidget]:
        return [self, self.readout]

    def set_facts(self, facts: Facts, side: Side) -> None:
        self._facts, self._side, self._found, self._zoomed = facts, side, None, False
        self._point_at(None)
        self._show_data()
        self._redraw()

    def show_learned(self, learned: Learned) -> None:
        if isinstance(learned.content, OverInputs):
            is_first = self._found is None
            self._found = learned.content
            if is_first and not self._zoomed:
                self.show_whole()
            self._redraw()

    def show_row(self, row: int) -> None:
        self._points.show_row(row)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.canvas.set_theme(theme)
        self.canvas.show_focus(self.hasFocus())
        self._points.set_theme(theme)
        for line in self._cross:
            line.setPen(pg.mkPen(theme.plot_axis, width=1))
        if self._facts is not None:
            self._show_data()
            self._redraw()

    def show_whole(self) -> None:
        """Leave the zoom."""
        self._zoomed = False
        self._fit_range()

    # --- what a kind of page says --------------------------------------------------------------

    def _fit_range(self) -> None:
        """Show all of the plot."""
        raise NotImplementedError

    def _show_data(self) -> None:
        """Draw the data, which stay while the run goes on."""
        raise NotImplementedError

    def _draw(self, facts: Facts, found: OverInputs | None) -> None:
        """Draw what is answered, or nothing."""
        raise NotImplementedError

    def _legend_text(self, facts: Facts) -> str:
        raise NotImplementedError

    def _shape(self, found: OverInputs) -> tuple[int, int]:
        """Return how many points there are, up and along."""
        raise NotImplementedError

    def _read(self, facts: Facts, found: OverInputs, at: tuple[int, int]) -> tuple[QPointF, str]:
        """Return where a point lies in the plot, and its numbers."""
        raise NotImplementedError

    def _nearest(self, found: OverInputs, place: QPointF) -> tuple[int, int] | None:
        """Return the point nearest to a place in the plot; None off the plot."""
        raise NotImplementedError

    # --- drawing and reading -------------------------------------------------------------------

    def _redraw(self) -> None:
        facts, found = self._facts, self._found
        if facts is None:
            return
        self._draw(facts, found)
        set_text(self._legend, "" if found is None else self._legend_text(facts))
        self._read_out()

    def _set_zoomed(self) -> None:
        self._zoomed = True

    def _point_at(self, at: tuple[int, int] | None) -> None:
        self._at = at
        self._read_out()

    def _read_out(self) -> None:
        facts, found, text = self._facts, self._found, ""
        if facts is not None and found is not None and self._at is not None:
            place, text = self._read(facts, found, self._at)
            for line, value in zip(self._cross, (place.x(), place.y()), strict=True):
                line.setValue(value)
        for line in self._cross:
            line.setVisible(bool(text))
        if text != self.readout.text():
            self.readout.setText(text)
            self.readout.setCursorPosition(0)
            self.readout.setToolTip(text)
            self.setAccessibleDescription(text)

    def _on_mouse_moved(self, position: QPointF) -> None:
        box, found = self.canvas.box, self._found
        inside = found is not None and box.sceneBoundingRect().contains(position)
        self._point_at(self._nearest(found, box.mapSceneToView(position)) if found is not None and inside else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, found = Qt.Key(event.key()), self._found
        if found is not None and key in ARROWS:
            rows, columns = self._shape(found)
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            up, right = (far * step for step in ARROWS[key])
            row, column = self._at or (rows // 2 - up, columns // 2 - right)
            self._point_at((min(max(row + up, 0), rows - 1), min(max(column + right, 0), columns - 1)))
        elif key == Qt.Key.Key_Escape and self._at is not None:
            self._point_at(None)
        else:
            super().keyPressEvent(event)
