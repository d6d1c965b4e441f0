"""Three linked heatmaps of one matrix, with colour bars and a readout: DIY, torch and their difference.

Moved, zoomed and pointed at as one. It knows neither where a matrix comes from nor what it is called.
"""

from collections.abc import Generator
from typing import NamedTuple, cast

import numpy as np
import pyqtgraph as pg
from numpy import ndarray as Array
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGraphicsGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engine.protocol import MOST_ULPS, Maps
from gui.look.colormaps import decades_around
from gui.look.lanes import PairNames, names_of_pair
from gui.look.notes import StaleVeil, named
from gui.look.own_sheets import mute
from gui.look.theme import LIGHT, Theme

from .heatmap import ColorBar, Heatmap, bottom

GAP = 4  # pixels between the maps
TITLE = 26  # pixels that a map's name takes
NUMBER = (36, 14)  # pixels, width and height, of a cell that a number is read in
UNBOUNDED = 16_777_215  # Qt's
ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}

Cell = tuple[int, int]


class MapParts(NamedTuple):
    """Hold what the maps are made of, which takes longer than all else of them."""

    heatmaps: tuple[Heatmap, Heatmap, Heatmap]
    bars: tuple[ColorBar, ColorBar]


def make_parts() -> Generator[None, None, MapParts]:
    """Make them, one at a time."""
    names = names_of_pair()
    diy = Heatmap(names.diy)
    yield
    torch = Heatmap(names.torch, row_numbers=False)
    yield
    difference = Heatmap(names.difference, row_numbers=False)
    yield
    own = ColorBar()
    yield
    return MapParts((diy, torch, difference), (own, ColorBar()))


def all_parts() -> MapParts:
    """Make them at once."""
    making = make_parts()
    while True:
        try:
            next(making)
        except StopIteration as end:
            return end.value


class TripleMap(QWidget):
    """Draw three maps. The pointed-at cell stays until another is pointed at, so that its values can be watched."""

    pointed = Signal()  # at another cell, or at none any more
    clicked = Signal(int, int)  # row and column; Enter on the pointed-at cell does the same
    resized = Signal()

    def __init__(self, spoken: str, hint: str, parts: MapParts | None = None):
        """``hint``: what the readout says while nothing is pointed at. ``parts``: made before, or they are made now."""
        super().__init__()
        self.setObjectName("triple_map")
        self.setAccessibleName(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = LIGHT
        self._painted: Theme | None = None
        self._bounds: Cell | None = None
        self._at: Cell | None = None
        self._drawn = False
        self._build_below(hint)
        self._heatmaps, self._bars = parts or all_parts()
        self._build_maps()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._view, 1)
        below = QHBoxLayout()
        for part in (self._readout, self._block_note, self._whole):
            below.addWidget(part)
        layout.addLayout(below)
        self.set_theme(LIGHT)

    # --- what its owner calls ----------------------------------------------------------------

    @property
    def at(self) -> Cell | None:
        """Return the (row, column) pointed at."""
        return self._at

    def set_names(self, names: PairNames) -> None:
        """Show the names of the lanes that the maps are of above them."""
        if names != self._names:
            self._names = names
            for heatmap, name in zip(self._heatmaps, names, strict=False):
                heatmap.rename(name, self._theme)
            self._share_width()

    def set_hint(self, hint: str) -> None:
        """Set what the readout says while nothing is pointed at."""
        self._readout.setPlaceholderText(hint)

    def pixels(self) -> Cell:
        """Return the height and width of each map."""
        area = self._heatmaps[0].box.rect()
        return max(round(area.height()), 1), max(round(area.width()), 1)

    def set_bounds(self, shape: Cell | None) -> None:
        """Set within which rows and columns a cell can be pointed at; one outside them is forgotten."""
        self._bounds = shape
        if self._at is not None and not (shape and self._at[0] < shape[0] and self._at[1] < shape[1]):
            self.point_at(None)

    def show_maps(self, maps: Maps, shape: Cell, in_ulps: bool, notes: tuple[str, str, str]) -> None:
        """Show the maps. ``shape``: the matrix's rows and columns. ``notes`` say why a map is not there.

        Where the maps have a rate, it is the middle of a logarithmic scale: step sizes are times as large or small.
        """
        delta, delta_scale = _counted(maps) if in_ulps else (maps.delta, maps.delta_scale)
        self._set_shape(shape)
        middle, own_scale = maps.rate or None, maps.scale
        if middle is not None:
            own_scale = decades_around(middle, maps.diy, maps.torch)
        panes = ((maps.diy, own_scale, middle), (maps.torch, own_scale, middle), (delta, delta_scale, None))
        for heatmap, (values, scale, center), note in zip(self._heatmaps, panes, notes, strict=True):
            if values is None:
                heatmap.show_note(note)
            else:
                heatmap.show_values(values, scale, maps.block, center)
        self._bars[0].show_scale(own_scale, middle)
        self._bars[1].show_scale(delta_scale)
        self._drawn = True

    def show_note(self, text: str) -> None:
        """Show a sentence instead of each map; until the next maps nothing can be pointed at with the mouse."""
        for heatmap in self._heatmaps:
            heatmap.show_note(text)
        self._drawn = False

    def show_unit(self, in_ulps: bool) -> None:
        self._in_ulps = in_ulps
        self._bars[0].set_unit("", self._theme)
        self._bars[1].set_unit(self.tr("ULPs") if in_ulps else "", self._theme)

    def show_block(self, text: str, tip: str = "") -> None:
        """Show what a cell stands for, and what there is to say of it beside that it is the largest of its weights."""
        self._block_note.setText(text)
        self._block_note.setToolTip(tip or self._block_tip)

    def read_out(self, text: str) -> None:
        """Show the pointed-at cell's values."""
        if text != self._readout.text():
            self._readout.setText(text)
            self._readout.setCursorPosition(0)
            self._readout.setToolTip(text)

    def show_whole(self) -> None:
        self._heatmaps[0].show_whole()

    def set_theme(self, theme: Theme) -> None:
        if theme is self._painted:
            return
        self._theme = self._painted = theme
        self._view.setBackground(theme.plot_background)
        for part in (*self._heatmaps, *self._bars, self._veil):
            part.set_theme(theme)
        self.show_unit(self._in_ulps)
        self._show_focus()

    def set_stale(self, stale: bool) -> None:
        self._veil.set_stale(stale)

    # --- making it ---------------------------------------------------------------------------

    def _build_below(self, hint: str) -> None:
        self._whole = named(QPushButton(self.tr("Whole")), "map_whole")
        self._whole.setToolTip(self.tr("Show the whole matrix again (Home, or a double click)"))
        self._whole.clicked.connect(self.show_whole)
        self._block_note = named(QLabel(), "map_block")
        mute(self._block_note)
        self._block_tip = self.tr("A cell shows the weight that is largest in magnitude of those it covers")
        self._block_note.setToolTip(self._block_tip)
        self._readout = named(QLineEdit(), "map_readout", self.tr("Values of the cell pointed at"))
        self._readout.setReadOnly(True)
        self._readout.setFrame(False)
        self._readout.setPlaceholderText(hint)

    def _build_maps(self) -> None:
        self._in_ulps = False
        self._names = names_of_pair()
        self._view = pg.GraphicsLayoutWidget()
        self._view.setObjectName("map_canvas")
        for part in (self._view.viewport(), self._view):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # this one's; with a proxy, Shift+Tab goes past others
        self._view.setMinimumSize(300, 120)
        grid = cast("QGraphicsGridLayout", self._view.ci.layout)
        grid.setHorizontalSpacing(GAP)
        grid.setContentsMargins(GAP, 0, GAP, 2)
        diy, torch, delta = self._heatmaps
        for item in (*self._heatmaps, *self._bars):
            self._view.addItem(item)
        self._stacked = False
        self._place()
        self._view.installEventFilter(self)
        for follower in (torch, delta):
            follower.box.setXLink(diy.box)
            follower.box.setYLink(diy.box)
        for heatmap in self._heatmaps:
            heatmap.box.whole_wanted.connect(self.show_whole)
        diy.box.sigResized.connect(self.resized)
        scene = cast("pg.GraphicsScene", self._view.scene())
        scene.sigMouseMoved.connect(self._on_mouse_moved)
        scene.sigMouseClicked.connect(self._on_mouse_clicked)
        self._veil = StaleVeil(self._view, at_right=True)  # over no map's name

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Beside each other, or below each other."""
        (diy, torch, delta), (own, difference) = self._heatmaps, self._bars
        grid = cast("QGraphicsGridLayout", self._view.ci.layout)  # pyqtgraph would take them out of the scene too
        while grid.count():
            grid.removeAt(0)
        if self._stacked:
            places = ((diy, 0, 0, 1), (torch, 1, 0, 1), (own, 0, 1, 2), (delta, 2, 0, 1), (difference, 2, 1, 1))
        else:
            places = tuple((item, 0, at, 1) for at, item in enumerate((diy, torch, own, delta, difference)))
        for item, row, column, rows in places:
            grid.addItem(item, row, column, rows, 1)
        for heatmap in self._heatmaps:
            heatmap.show_numbers(self._stacked or heatmap is diy, not self._stacked or heatmap is delta)

    def _arrange(self) -> None:
        """Below each other where beside each other the cells have no room for numbers, and there they have."""
        rows, columns = self._heatmaps[0].matrix_shape
        bar, left = self._bars[0].minimumWidth(), self._heatmaps[0].row_room
        width, height = self._view.width() - left, self._view.height() - bottom()
        beside = ((width - 2 * bar) / 3 / columns, (height - TITLE) / rows)
        below = ((width - bar) / columns, (height / 3 - TITLE) / rows)
        stacked = not _readable(beside) and _readable(below)
        if stacked != self._stacked:
            self._stacked = stacked
            self._place()
        self._share_width()

    def _share_width(self) -> None:
        """Equally wide maps, though of those beside each other only the first has row numbers."""
        grid = cast("QGraphicsGridLayout", self._view.ci.layout)
        for column in range(grid.columnCount()):
            grid.setColumnMinimumWidth(column, 0)
            grid.setColumnMaximumWidth(column, UNBOUNDED)
            grid.setColumnPreferredWidth(column, -1)
        if self._stacked:
            grid.setColumnFixedWidth(0, max(self._view.width() - self._bars[0].minimumWidth() - 3 * GAP, 20))
            self._heatmaps[2].rename(self._names.difference, self._theme)
            return
        rows = self._heatmaps[0].row_room
        taken = sum(bar.minimumWidth() for bar in self._bars) + rows + 6 * GAP
        each = max((self._view.width() - taken) / len(self._heatmaps), 20)
        for column, more in ((0, rows), (1, 0), (3, 0)):
            grid.setColumnFixedWidth(column, each + more)
        is_long = each < self.fontMetrics().horizontalAdvance(self._names.difference)  # the name would widen the map
        self._heatmaps[2].rename("Δ" if is_long else self._names.difference, self._theme)

    def _set_shape(self, shape: Cell) -> None:
        before = self._heatmaps[0].matrix_shape
        for heatmap in self._heatmaps:
            heatmap.set_shape(shape)
        if shape != before:
            self._arrange()

    # --- what a person does ------------------------------------------------------------------

    def point_at(self, element: Cell | None) -> None:
        """Frame the cell in all three maps and let its values be asked for."""
        if element == self._at:
            return
        self._at = element
        for heatmap in self._heatmaps:
            heatmap.numbers.set_pointed(element)
        self.pointed.emit()

    def _on_mouse_moved(self, position: QPointF) -> None:
        element = self._element_at(position)
        if element is not None:
            self.point_at(element)

    def _on_mouse_clicked(self, event) -> None:
        element = self._element_at(event.scenePos())
        if element is not None and event.button() == Qt.MouseButton.LeftButton and not event.double():
            self.point_at(element)
            self.clicked.emit(*element)

    def _element_at(self, position: QPointF) -> Cell | None:
        found = [heatmap.element_at(position) for heatmap in self._heatmaps] if self._drawn else []
        return next((element for element in found if element is not None), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS and self._bounds is not None:
            self._move(self._bounds, *ARROWS[key])
        elif key == Qt.Key.Key_Home:
            self.show_whole()
        elif key == Qt.Key.Key_Escape and self._at is not None:
            self.point_at(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.clicked.emit(*self._at)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._heatmaps[0].box.zoom(1.25 if key == Qt.Key.Key_Minus else 0.8)
        else:
            super().keyPressEvent(event)

    def _move(self, bounds: Cell, down: int, right: int) -> None:
        if self._at is None:
            self.point_at((0, 0))
        else:
            row, column = self._at[0] + down, self._at[1] + right
            self.point_at((min(max(row, 0), bounds[0] - 1), min(max(column, 0), bounds[1] - 1)))

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


def _readable(cell: tuple[float, float]) -> bool:
    return cell[0] >= NUMBER[0] and cell[1] >= NUMBER[1]


def _counted(maps: Maps) -> tuple[Array | None, float]:
    """Return the difference in ULPs and its scale, up to where a count says something.

    One element next to 0 would be quintillions away, and all others pale beside it.
    """
    if maps.ulps is None:
        return None, maps.ulps_scale
    ulps = np.where(np.isfinite(maps.ulps), np.clip(maps.ulps, -MOST_ULPS, MOST_ULPS), maps.ulps)
    return ulps, min(maps.ulps_scale, float(MOST_ULPS))
