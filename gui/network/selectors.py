"""What the picture shows: optimizer, lane, weight or gradient, and the row of the data whose numbers are put in."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from engine.protocol import Side
from engine.spec import ExperimentSpec
from gui.look.flow import Flow
from gui.look.glossary import explain
from gui.look.lanes import names_of_entry
from gui.look.naming import name_field, plain_text
from gui.look.text_size import fit_letters, scaled
from gui.look.theme import LIGHT, Theme

from .feed import Selection
from .words import side_title

SIDES: tuple[Side, ...] = ("diy", "torch", "delta")


class NetworkSelectors(QWidget):
    """Choose what the picture shows. What was chosen stays when the experiment changes, where it still exists."""

    selected = Signal()  # something else is to be asked for
    way_changed = Signal()  # the same numbers, others of them on screen

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._spec: ExperimentSpec | None = None
        self._is_hushed = False
        flow = Flow(self, spacing=8)
        self._entry = self._add(flow, self.tr("&Optimizer"), "network_entry", self.tr("Whose network is shown"))
        lane = self.tr("One of both lanes, or how far they differ")
        self._side = self._add(flow, self.tr("&Lane"), "network_side", lane)
        explain(self._side, "lane")
        what = self.tr("What the lines are: the weights, or the newest step's gradients of them")
        self._quantity = self._add(flow, self.tr("L&ines"), "network_quantity", what)
        self._quantity.addItem(self.tr("Weight"), "weight")
        self._quantity.addItem(self.tr("Gradient"), "grad")
        self._row = fit_letters(QSpinBox())
        self._row.setAccelerated(True)
        row = self.tr("The row of the data that goes through the network, from 0; test rows too")
        self._pair(flow, self.tr("Ro&w"), self._row, "network_row", row)
        way = self.tr(
            "What is told of each unit: its sum z and output a, or on the way back the loss's gradient for both"
        )
        self._way = self._add(flow, self.tr("&Units"), "network_way", way)
        self._way.addItem(self.tr("forwards"), False)
        self._way.addItem(self.tr("backwards"), True)
        for box in (self._entry, self._side, self._quantity):
            box.currentIndexChanged.connect(self.selected)
        self._entry.currentIndexChanged.connect(self._fill_sides)
        self._row.valueChanged.connect(self.selected)
        self._way.currentIndexChanged.connect(self.way_changed)

    def _add(self, flow: Flow, label: str, name: str, tip: str) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMaximumWidth(scaled(200))
        self._pair(flow, label, box, name, tip)
        return box

    def _pair(self, flow: Flow, label: str, box: QWidget, name: str, tip: str) -> None:
        """Add a choice behind its label."""
        name_field(box, name, plain_text(label), tip)
        pair, caption = QWidget(), QLabel(label)
        caption.setBuddy(box)
        layout = QHBoxLayout(pair)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(caption)
        layout.addWidget(box)
        flow.addWidget(pair)

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Offer an experiment's optimizers and rows. Silent."""
        self._spec = spec
        _refill(self._entry, [(label, index) for index, label in enumerate(spec.labels)] if spec else [])
        self._fill_sides()
        with QSignalBlocker(self._row):
            self._row.setMaximum(len(spec.data.x) - 1 if spec and spec.data else 0)
        self.set_theme(self._theme)

    def set_hushed(self, is_hushed: bool) -> None:
        """Set whether the difference of both lanes is not among what can be chosen."""
        if is_hushed != self._is_hushed:
            self._is_hushed = is_hushed
            self._fill_sides()

    @property
    def last_field(self) -> QWidget:
        """Return the choice from which Tab leads on."""
        return self._way

    def choose_row(self, row: int) -> None:
        """Choose a row of the data."""
        self._row.setValue(row)

    def show_lines(self, shown: bool) -> None:
        """Offer what belongs to the picture alone, or not while it is not seen."""
        for box in (self._quantity, self._way):
            pair = box.parentWidget()
            assert pair is not None
            pair.setVisible(shown)

    def _fill_sides(self) -> None:
        """Offer the lanes that the optimizer has, and their difference where it has both."""
        backends = self._spec.optimizers[max(self._entry.currentIndex(), 0)].backends if self._spec else ()
        has_delta = len(backends) > 1 and not self._is_hushed
        sides: list[Side] = [side for side in SIDES if side in backends or (side == "delta" and has_delta)]
        before = self._side.currentData()
        names = names_of_entry(self._spec, max(self._entry.currentIndex(), 0))
        _refill(self._side, [(side_title(side, names), side) for side in sides])
        if self._side.currentData() != before:
            self.selected.emit()

    @property
    def selection(self) -> Selection:
        side: Side = self._side.currentData() or "diy"
        return Selection(
            max(self._entry.currentIndex(), 0), side, self._quantity.currentData() or "weight", self._row.value()
        )

    @property
    def backwards(self) -> bool:
        """Return whether units are told of on the way back."""
        return bool(self._way.currentData())

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for index, color in enumerate(self._spec.colors if self._spec else ()):
            swatch = QPixmap(12, 12)
            swatch.fill(QColor(theme.entry_color(color)))
            self._entry.setItemIcon(index, QIcon(swatch))


def _refill(box: QComboBox, items: list[tuple[str, object]]) -> None:
    """Other items, the same choice where it is still among them. Silent."""
    chosen = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        for text, value in items:
            box.addItem(text, value)
        box.setCurrentIndex(max(box.findData(chosen), 0) if items else -1)
