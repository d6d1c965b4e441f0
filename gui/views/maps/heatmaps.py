"""A matrix of the run as three heatmaps: which one, asked for with every frame, and what is said of it."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.protocol import Frame, MapRequest, Maps
from engine.spec import ExperimentSpec, map_shapes
from gui.look.lanes import PairNames, names_of_entry
from gui.look.numbers import place
from gui.look.theme import LIGHT, Theme
from gui.session.session import Session

from ..dock import Dock
from .map_selectors import MapSelectors
from .map_words import (
    axes_hint,
    block_text,
    difference_note,
    element_text,
    lane_note,
    rate_text,
    rate_tip,
    read_out,
)
from .triple_map import TripleMap


class HeatmapPanel(Dock):
    """Show a matrix of both lanes. The pointed-at cell stays for another matrix, as far as that one has it.

    ``element_chosen`` carries a weight's name and the index (a tuple) of an element that was clicked.
    """

    element_chosen = Signal(str, tuple)
    name, extent = "maps", 280

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("heatmap_panel")
        self.setAccessibleName(self.tr("Heatmaps of both lanes and their difference"))
        self._spec: ExperimentSpec | None = None
        self._maps: Maps | None = None
        self._step, self._begun = 0, False
        self._selectors = MapSelectors()
        self._selectors.selected.connect(self._on_selected)
        self._selectors.unit_changed.connect(self._on_unit)
        self._triple = TripleMap(
            self.accessibleName(),
            axes_hint(None),
        )
        self._triple.pointed.connect(self._on_pointed)
        self._triple.clicked.connect(self._on_clicked)
        self._triple.resized.connect(self.request_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(3)
        layout.addWidget(self._selectors)
        layout.addWidget(self._triple, 1)
        self.set_theme(LIGHT)
        self.clear()

    # --- what the main window calls ----------------------------------------------------------

    @property
    def title(self) -> str:
        return QCoreApplication.translate("MainWindow", "Heatmaps")

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Show another experiment: another network empties the maps, another learning rate leaves them."""
        before = (self._key(), self._shape())
        self._spec = spec
        self._selectors.set_experiment(spec)
        self._triple.set_hint(axes_hint(spec))
        self._triple.set_names(self._names)
        self._triple.set_bounds(self._shape() if spec else None)
        if (self._key(), self._shape()) != before:
            self._begun = False
            self._on_selected()

    def choose(self, entry: int, tensor: str, quantity: str = "grad") -> None:
        """Show a matrix, as if it had been chosen above."""
        self._selectors.choose(entry, tensor, quantity)

    def request(self) -> MapRequest | None:
        """Return what the next frame should carry; None while there is nothing to draw."""
        if self._spec is None or not self.isVisible():
            return None
        return MapRequest(*self._key(), self._triple.pixels(), self._triple.at)

    def show_frame(self, frame: Frame) -> None:
        """Show a frame; one of another selection, asked for before the last click, is dropped."""
        maps = frame.maps
        if maps is None or (maps.request.entry, maps.request.tensor, maps.request.quantity) != self._key():
            return
        self._maps, self._step, self._begun = maps, frame.step, True
        self._redraw()

    def clear(self) -> None:
        """Go back to before the first frame. The cell pointed at is kept, to be watched in the next run."""
        self._maps, self._begun = None, False
        self._show_nothing()

    def set_theme(self, theme: Theme) -> None:
        self._selectors.set_theme(theme)
        self._triple.set_theme(theme)

    def set_stale(self, stale: bool) -> None:
        self._triple.set_stale(stale)

    def show_element(self, weight: str, index: tuple[int, ...]) -> None:
        """Show a weight with an element of it marked, as far as the network has it."""
        if self._selectors.choose_tensor(weight):
            self._triple.set_bounds(self._shape())
            self._triple.point_at((index[0], index[1]) if len(index) == 2 else (0, index[0]))

    def show_whole(self) -> None:
        self._triple.show_whole()

    # --- drawing a frame ---------------------------------------------------------------------

    def _redraw(self) -> None:
        maps = self._maps
        if maps is None or self._spec is None:
            return
        entry, what = self._spec.optimizers[self._selectors.entry], self._selectors.quantity_name
        notes = (
            lane_note(entry, "diy", what, self._step),
            lane_note(entry, "torch", what, self._step),
            difference_note(entry, what, self._step, maps),
        )
        shape = maps.shape if min(maps.shape) else self._shape()  # some of an optimizer's memory has its own
        self._triple.set_bounds(shape)
        self._triple.show_maps(maps, shape, self._selectors.in_ulps, notes)
        below = (rate_text(maps.rate), block_text(maps.block))
        self._triple.show_block("   ".join(text for text in below if text), rate_tip(maps.rate))
        self._read_out()

    def _show_nothing(self) -> None:
        """While a run is under way the next frame is near; else it takes a person to begin."""
        self._triple.show_note("" if self._begun else self.tr("Press Run or Step to begin"))
        self._triple.show_block("")
        self._read_out()

    def _read_out(self) -> None:
        """Both values in full. An answer under way leaves the cell's name until its values are there."""
        at = self._triple.at
        if at is None or self._spec is None or not self._begun:
            self._triple.read_out("")
        elif self._maps is None:
            self._triple.read_out(f"{self._element_name(at)} …")
        else:
            self._triple.read_out(read_out(self._maps, at, self._element_name(at), self._spec.dtype, self._names))

    def _element_name(self, at: tuple[int, int]) -> str:
        """Name an element: a bias is one row on screen, but has one index."""
        element = place(self._selectors.tensor, at if len(self._tensor_shape()) == 2 else at[1:])
        return element_text(self._selectors.quantity, element)

    # --- what a person does ------------------------------------------------------------------

    def _on_selected(self) -> None:
        """Until the new selection's frame is there, nothing of the old one stays on screen."""
        self._maps = None
        self._triple.set_names(self._names)
        self._triple.set_bounds(self._shape() if self._spec else None)
        self._show_nothing()
        self.request_changed.emit()

    def _on_unit(self) -> None:
        self._triple.show_unit(self._selectors.in_ulps)
        self._redraw()

    def _on_pointed(self) -> None:
        self._read_out()
        self.request_changed.emit()

    def _on_clicked(self, row: int, column: int) -> None:
        index = (row, column) if len(self._tensor_shape()) == 2 else (column,)
        self.element_chosen.emit(self._selectors.tensor, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the maps' keys work in the whole panel."""
        self._triple.keyPressEvent(event)

    # --- what is selected --------------------------------------------------------------------

    def _key(self) -> tuple[int, str, str]:
        return self._selectors.entry, self._selectors.tensor, self._selectors.quantity

    @property
    def _names(self) -> PairNames:
        return names_of_entry(self._spec, self._selectors.entry)

    def _tensor_shape(self) -> tuple[int, ...]:
        if self._spec is None:
            return (1,)
        return map_shapes(self._spec)[self._selectors.tensor]

    def _shape(self) -> tuple[int, int]:
        """As drawn: a bias is a matrix of one row."""
        shape = self._tensor_shape()
        return (shape[0], shape[1]) if len(shape) == 2 else (1, shape[0])


def make_dock(_: Session) -> Dock:
    return HeatmapPanel()
