"""DIY, torch and their difference as three heatmaps side by side, moved, zoomed and pointed at as one."""

from typing import cast

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGraphicsGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engine.protocol import Frame, MapRequest, Maps, Reading
from engine.spec import ExperimentSpec, weight_shapes
from gui.theme import LIGHT, Theme

from .heatmap import ColorBar, Heatmap
from .lanes import backend_name
from .map_selectors import MapSelectors
from .map_words import block_text, difference_note, lane_note, reading_text
from .notes import StaleVeil, named
from .numbers import place

GAP = 4  # pixels between the maps
ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class HeatmapPanel(QWidget):
    """The pointed-at cell stays until another is pointed at, so that its values can be watched."""

    request_changed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("heatmap_panel")
        self.setAccessibleName(self.tr("Heatmaps of DIY, torch and their difference"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = LIGHT
        self._spec: ExperimentSpec | None = None
        self._maps: Maps | None = None
        self._step, self._begun = 0, False
        self._at: tuple[int, int] | None = None
        self._build_controls()
        self._build_maps()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(3)
        layout.addWidget(self._selectors)
        layout.addWidget(self._view, 1)
        below = QHBoxLayout()
        for part in (self._readout, self._block_note, self._whole):
            below.addWidget(part)
        layout.addLayout(below)
        self.set_theme(LIGHT)
        self.clear()

    # --- what the main window calls ----------------------------------------------------------

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Another network empties the maps; another learning rate leaves them."""
        before = (self._key(), self._shape())
        self._spec = spec
        self._selectors.set_experiment(spec)
        if (self._key(), self._shape()) != before:
            self._begun = False
            self._on_selected()

    def request(self) -> MapRequest | None:
        """What the next frame should carry; None while there is nothing to draw."""
        if self._spec is None or not self.isVisible():
            return None
        area = self._heatmaps[0].box.rect()
        pixels = (max(round(area.height()), 1), max(round(area.width()), 1))
        return MapRequest(*self._key(), pixels, self._at)

    def show_frame(self, frame: Frame) -> None:
        """A frame of another selection, asked for before the last click, is not this one's."""
        maps = frame.maps
        if maps is None or (maps.request.entry, maps.request.tensor, maps.request.quantity) != self._key():
            return
        self._maps, self._step, self._begun = maps, frame.step, True
        self._redraw()

    def clear(self) -> None:
        """Back to before the first frame. The cell pointed at is kept, to be watched in the next run."""
        self._maps, self._begun = None, False
        self._show_nothing()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._view.setBackground(theme.plot_background)
        for part in (*self._heatmaps, *self._bars, self._selectors, self._veil):
            part.set_theme(theme)
        self._show_unit()
        self._show_focus()

    def set_stale(self, stale: bool) -> None:
        self._veil.set_stale(stale)

    # --- making it ---------------------------------------------------------------------------

    def _build_controls(self) -> None:
        self._selectors = MapSelectors()
        self._selectors.selected.connect(self._on_selected)
        self._selectors.unit_changed.connect(self._on_unit)
        self._whole = named(QPushButton(self.tr("Whole")), "map_whole")
        self._whole.setToolTip(self.tr("Show the whole matrix again (Home, or a double click)"))
        self._whole.clicked.connect(self.show_whole)
        self._block_note = named(QLabel(), "map_block")
        self._block_note.setProperty("role", "muted")
        self._block_note.setToolTip(self.tr("A cell shows the weight that is largest in magnitude of those it covers"))
        self._readout = named(QLineEdit(), "map_readout", self.tr("Values of the cell pointed at"))
        self._readout.setReadOnly(True)
        self._readout.setFrame(False)
        self._readout.setPlaceholderText(
            self.tr(
                "Rows are units, columns are inputs, both from 0. Point at a cell, or use the arrow keys, to read it."
            )
        )

    def _build_maps(self) -> None:
        difference = self.tr("DIY − torch")
        others = (Heatmap(title, row_numbers=False) for title in (backend_name("torch"), difference))
        self._heatmaps = (Heatmap(backend_name("diy")), *others)
        self._bars = (ColorBar(), ColorBar())
        self._view = pg.GraphicsLayoutWidget()
        self._view.setObjectName("map_canvas")
        self._view.setFocusProxy(self)
        self._view.setMinimumSize(300, 120)
        grid = cast("QGraphicsGridLayout", self._view.ci.layout)
        grid.setHorizontalSpacing(GAP)
        grid.setContentsMargins(GAP, 0, GAP, 2)
        diy, torch, delta = self._heatmaps
        for column, item in enumerate((diy, torch, self._bars[0], delta, self._bars[1])):
            self._view.addItem(item, 0, column)
        self._view.installEventFilter(self)
        for follower in (torch, delta):
            follower.box.setXLink(diy.box)
            follower.box.setYLink(diy.box)
        for heatmap in self._heatmaps:
            heatmap.box.whole_wanted.connect(self.show_whole)
        diy.box.sigResized.connect(self.request_changed)
        cast("pg.GraphicsScene", self._view.scene()).sigMouseMoved.connect(self._on_mouse_moved)
        self._veil = StaleVeil(self._view, at_right=True)  # over no map's name

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._share_width()
        return super().eventFilter(watched, event)

    def _share_width(self) -> None:
        """Equally wide maps, though only the first has row numbers."""
        rows = self._heatmaps[0].row_room
        taken = sum(bar.minimumWidth() for bar in self._bars) + rows + 6 * GAP
        each = max((self._view.width() - taken) / len(self._heatmaps), 20)
        grid = cast("QGraphicsGridLayout", self._view.ci.layout)
        for column, more in ((0, rows), (1, 0), (3, 0)):
            grid.setColumnFixedWidth(column, each + more)

    # --- drawing a frame ---------------------------------------------------------------------

    def _redraw(self) -> None:
        maps = self._maps
        if maps is None or self._spec is None:
            return
        entry, what = self._spec.optimizers[self._selectors.entry], self._selectors.quantity_name
        delta, delta_scale = (maps.ulps, maps.ulps_scale) if self._selectors.in_ulps else (maps.delta, maps.delta_scale)
        panes = (
            (maps.diy, maps.scale, lane_note(entry, "diy", what, self._step)),
            (maps.torch, maps.scale, lane_note(entry, "torch", what, self._step)),
            (delta, delta_scale, difference_note(entry, what, self._step)),
        )
        self._set_shape(self._shape())
        for heatmap, (values, scale, note) in zip(self._heatmaps, panes, strict=True):
            if values is None:
                heatmap.show_note(note)
            else:
                heatmap.show_values(values, scale, maps.block)
        for bar, scale in zip(self._bars, (maps.scale, delta_scale), strict=True):
            bar.show_scale(scale)
        self._block_note.setText(block_text(maps.block))
        self._read_out(maps.reading)

    def _set_shape(self, shape: tuple[int, int]) -> None:
        rows = self._heatmaps[0].row_room
        for heatmap in self._heatmaps:
            heatmap.set_shape(shape)
        if self._heatmaps[0].row_room != rows:
            self._share_width()

    def _show_nothing(self) -> None:
        """While a run is under way the next frame is near; else it takes a person to begin."""
        for heatmap in self._heatmaps:
            heatmap.show_note("" if self._begun else self.tr("Press Run or Step to begin"))
        self._block_note.clear()
        self._read_out(None)

    def _show_unit(self) -> None:
        self._bars[0].set_unit("", self._theme)
        self._bars[1].set_unit(self.tr("ULPs") if self._selectors.in_ulps else "", self._theme)

    def _read_out(self, reading: Reading | None) -> None:
        """Both values in full. An answer under way leaves the cell's name until its values are there."""
        if self._at is None or self._spec is None or not self._begun:
            self._readout.clear()
        elif reading is not None and (reading.row, reading.column) == self._at:
            self._say(reading_text(self._element_name(), reading, self._spec.dtype))
        else:
            answered = self._maps is not None and self._maps.request.at == self._at  # and there is no such state
            self._say(self._element_name() + ("" if answered else " …"))

    def _say(self, text: str) -> None:
        if text != self._readout.text():
            self._readout.setText(text)
            self._readout.setCursorPosition(0)
            self._readout.setToolTip(text)

    def _element_name(self) -> str:
        """``∂L/∂layer1.weight[2, 3]``, ``m · layer1.weight[2, 3]``; a bias is one row on screen, but has one index."""
        at = self._at or ()
        element = place(self._selectors.tensor, at if len(self._tensor_shape()) == 2 else at[1:])
        quantity = self._selectors.quantity
        return {"grad": f"∂L/∂{element}", "weight": element}.get(quantity, f"{quantity} · {element}")

    # --- what a person does ------------------------------------------------------------------

    def show_whole(self) -> None:
        self._heatmaps[0].show_whole()

    def _on_selected(self) -> None:
        """Until the new selection's frame is there, nothing of the old one stays on screen."""
        self._maps = None
        rows, columns = self._shape()
        if self._at is not None and not (self._at[0] < rows and self._at[1] < columns):
            self._point_at(None)
        self._show_nothing()
        self.request_changed.emit()

    def _on_unit(self) -> None:
        self._show_unit()
        self._redraw()

    def _on_mouse_moved(self, position: QPointF) -> None:
        for heatmap in self._heatmaps:
            if (element := heatmap.element_at(position)) is not None and self._maps is not None:
                self._point_at(element)

    def _point_at(self, element: tuple[int, int] | None) -> None:
        """Frame the cell in all three maps and ask for its values."""
        if element == self._at:
            return
        self._at = element
        for heatmap in self._heatmaps:
            heatmap.numbers.set_pointed(element)
        self._read_out(self._maps.reading if self._maps else None)
        self.request_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS and self._spec is not None:
            self._move(*ARROWS[key])
        elif key == Qt.Key.Key_Home:
            self.show_whole()
        elif key == Qt.Key.Key_Escape and self._at is not None:
            self._point_at(None)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._heatmaps[0].box.zoom(1.25 if key == Qt.Key.Key_Minus else 0.8)
        else:
            super().keyPressEvent(event)

    def _move(self, down: int, right: int) -> None:
        rows, columns = self._shape()
        if self._at is None:
            self._point_at((0, 0))
        else:
            row, column = self._at
            self._point_at((min(max(row + down, 0), rows - 1), min(max(column + right, 0), columns - 1)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_focus()

    def _show_focus(self) -> None:
        color = self._theme.accent if self.hasFocus() else self._theme.border
        for heatmap in self._heatmaps:
            heatmap.box.setBorder(pg.mkPen(color, width=1))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.request_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.request_changed.emit()

    # --- what is selected --------------------------------------------------------------------

    def _key(self) -> tuple[int, str, str]:
        return self._selectors.entry, self._selectors.tensor, self._selectors.quantity

    def _tensor_shape(self) -> tuple[int, ...]:
        if self._spec is None:
            return (1,)
        return weight_shapes(self._spec.network, len(self._spec.data.x[0]))[self._selectors.tensor]

    def _shape(self) -> tuple[int, int]:
        """As drawn: a bias is a matrix of one row."""
        shape = self._tensor_shape()
        return (shape[0], shape[1]) if len(shape) == 2 else (1, shape[0])
