"""Which matrix the heatmaps show: optimizer, tensor, quantity, and the difference's unit."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLayout, QWidget

from engine.spec import ExperimentSpec, is_buffer, map_shapes, shapes_of, state_names
from engine.spec.groups import groups_of
from gui.look.glossary import explain
from gui.look.naming import plain_text
from gui.look.notes import named
from gui.look.text_size import text_scale
from gui.look.theme import LIGHT, Theme

from .map_words import weight_title

ABSOLUTE, ULPS = "absolute", "ulps"
LARGE = 1.25  # times the system's size of text
STEP_SIZE = "step_size"  # what the newest update took from each weight, divided by its gradient


class MapSelectors(QWidget):
    """Choose what the maps show. What was chosen stays when the experiment changes, where it still exists."""

    selected = Signal()  # another matrix
    unit_changed = Signal()  # the same matrix, its difference in another unit

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._spec: ExperimentSpec | None = None
        self._row = QHBoxLayout(self) if text_scale() < LARGE else self._flow()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._entry = self._add(
            self.tr("&Optimizer"), "map_entry", 6, self.tr("The optimizer whose lanes are compared")
        )
        self._tensor = self._add(self.tr("&Tensor"), "map_tensor", 9, self.tr("The weight or bias, by torch's name"))
        what = self.tr(
            "Gradient, weight, what the newest update took from it divided by the gradient, "
            "or what the optimizer remembers of it"
        )
        self._quantity = self._add(self.tr("&Show"), "map_quantity", 9, what)
        self._quantity.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # where there is room
        self._unit = self._add(self.tr("&Difference"), "map_unit", 5, "")
        explain(self._unit, "ulp")
        explain(self._entry, "lane")
        explain(self._tensor, "tensor")
        if isinstance(self._row, QHBoxLayout):
            self._row.addStretch(1)
        self._unit.addItem(self.tr("absolute"), ABSOLUTE)
        self._unit.addItem(self.tr("ULPs"), ULPS)
        self._entry.currentIndexChanged.connect(self._on_entry)
        self._tensor.currentIndexChanged.connect(self._on_entry)
        self._quantity.currentIndexChanged.connect(self.selected)
        self._unit.currentIndexChanged.connect(self.unit_changed)

    def _flow(self) -> QLayout:
        """Return a layout of more lines than one, for large text."""
        from gui.look.flow import Flow  # which most do without

        return Flow(self)

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        self._spec = spec
        _refill(self._entry, [(label, index) for index, label in enumerate(spec.labels)] if spec else [])
        shapes = map_shapes(spec) if spec else {}
        _refill(self._tensor, [(weight_title(name), name) for name in shapes])
        self._fill_quantities()
        self.set_theme(self._theme)

    def choose(self, entry: int, tensor: str, quantity: str) -> None:
        """Choose a matrix, as far as there is one."""
        for box, value in ((self._entry, entry), (self._tensor, tensor), (self._quantity, quantity)):
            if (place := box.findData(value)) >= 0:
                box.setCurrentIndex(place)

    @property
    def entry(self) -> int:
        return max(self._entry.currentIndex(), 0)

    @property
    def tensor(self) -> str:
        return self._tensor.currentData() or ""

    def choose_tensor(self, name: str) -> bool:
        """Choose a weight; False where the network has none of that name."""
        place = self._tensor.findData(name)
        if place >= 0:
            self._tensor.setCurrentIndex(place)
        return place >= 0

    @property
    def quantity(self) -> str:
        return self._quantity.currentData() or "grad"

    @property
    def quantity_name(self) -> str:
        return self._quantity.currentText()

    @property
    def in_ulps(self) -> bool:
        return self._unit.currentData() == ULPS

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for index, color in enumerate(self._spec.colors if self._spec else ()):
            swatch = QPixmap(12, 12)
            swatch.fill(QColor(theme.entry_color(color)))
            self._entry.setItemIcon(index, QIcon(swatch))

    def _add(self, label: str, name: str, length: int, tip: str) -> QComboBox:
        """Add a labelled choice."""
        pair, box, caption = QWidget(), named(QComboBox(), name, plain_text(label)), QLabel(label)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(length)
        box.setToolTip(tip)
        caption.setBuddy(box)
        caption.setMinimumWidth(caption.sizeHint().width() + 2)
        layout = QHBoxLayout(pair)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(caption)
        layout.addWidget(box)
        self._row.addWidget(pair)
        return box

    def _on_entry(self) -> None:
        self._fill_quantities()
        self.selected.emit()

    def _fill_quantities(self) -> None:
        if is_buffer(self.tensor):  # which is not trained
            _refill(self._quantity, [(self.tr("Value"), "weight")])
            return
        groups = groups_of(self._spec.optimizers[self.entry], shapes_of(self._spec)) if self._spec else []
        states: dict[str, str] = {}
        for group in groups:
            states |= state_names(group.entry.name)
        named = [(f"{symbol} ({name})", symbol) for symbol, name in states.items()]
        own = [
            (self.tr("Gradient"), "grad"),
            (self.tr("Weight"), "weight"),
            (self.tr("Effective step size"), STEP_SIZE),
        ]
        _refill(self._quantity, [*own, *named])


def _refill(box: QComboBox, items: list[tuple[str, object]]) -> None:
    """Other items, the same choice where it is still among them; the caller tells who should know."""
    chosen = box.currentData()
    blocker = QSignalBlocker(box)
    box.clear()
    for text, value in items:
        box.addItem(text, value)
    box.setCurrentIndex(max(box.findData(chosen), 0) if items else -1)
    box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + 24)  # the list may be wider than the box
    blocker.unblock()
