"""Whose formula is shown: a weight, one of its elements, and the batch's row that stands for all rows."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from engine.spec import POINT
from gui.look.naming import name_field
from gui.look.numbers import COORDINATES
from gui.look.text_size import fit_letters, scaled

from .map_words import weight_title


class ElementChooser(QWidget):
    """Choose an element of a weight. What was chosen stays chosen as far as another network has it."""

    chosen = Signal()

    def __init__(self, prefix: str = "formula") -> None:
        """``prefix``: of its parts' object names."""
        super().__init__()
        self._shapes: dict[str, tuple[int, ...]] = {}
        self._weight = QComboBox()
        name_field(self._weight, f"{prefix}_weight", self.tr("Weight"), self.tr("The weight or bias, by torch's name"))
        self._weight.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._weight.setMinimumContentsLength(4)
        self._unit = _spin(f"{prefix}_i", self.tr("Unit"), self.tr("Which unit of the layer the weight belongs to (i)"))
        self._input = _spin(f"{prefix}_j", self.tr("Input"), self.tr("Which input of the unit it weighs (j)"))
        self._coordinate = QComboBox()
        name_field(self._coordinate, f"{prefix}_coordinate", self.tr("Coordinate"), self.tr("Of the point: x or y"))
        self._coordinate.addItems(COORDINATES)
        self._row = _spin(f"{prefix}_row", self.tr("Row"), self.tr("The row of the batch whose numbers are put in"))
        self._row_label = QLabel(self.tr("&row"))
        self._row_label.setBuddy(self._row)
        self._brackets = (QLabel("["), QLabel(","), QLabel("]"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        opening, comma, closing = self._brackets
        element = (opening, self._unit, comma, self._input, closing, self._coordinate)
        parts = (self._weight, *element, self._row_label, self._row)
        for part in parts:
            layout.addWidget(part, 1 if part is self._weight else 0)
        self._weight.setMaximumWidth(scaled(260))
        layout.insertSpacing(layout.indexOf(self._row_label), 8)
        layout.addStretch(0)
        self._weight.currentIndexChanged.connect(self._on_weight)
        self._coordinate.currentIndexChanged.connect(self.chosen)
        for spin in (self._unit, self._input, self._row):
            spin.valueChanged.connect(self.chosen)
        self.set_weights({})

    @property
    def weight(self) -> str:
        return self._weight.currentData() or ""

    @property
    def index(self) -> tuple[int, ...]:
        """Return the element's index: as many numbers as the weight has axes."""
        if self._is_point:
            return (0, self._coordinate.currentIndex())
        both = (self._unit.value(), self._input.value())
        return both[: len(self._shapes.get(self.weight, ()))]

    @property
    def _is_point(self) -> bool:
        """A test function's, whose numbers go by the name of x and y."""
        return self.weight == POINT

    @property
    def row(self) -> int:
        """Return the index in the batch, from 0."""
        return self._row.value()

    def set_weights(self, shapes: Mapping[str, tuple[int, ...]]) -> None:
        """Offer all weights of the network with their shapes, in its order. Silent."""
        chosen = self.weight
        self._shapes = dict(shapes)
        blocker = QSignalBlocker(self._weight)
        self._weight.clear()
        for name in shapes:
            self._weight.addItem(weight_title(name), name)
        self._weight.setCurrentIndex(max(self._weight.findData(chosen), 0) if shapes else -1)
        blocker.unblock()
        self.setEnabled(bool(shapes))
        self._fit()

    def set_rows(self, count: int) -> None:
        """Set how many rows the batch has. Silent."""
        with QSignalBlocker(self._row):
            self._row.setMaximum(max(count - 1, 0))
        for part in (self._row, self._row_label):
            part.setVisible(count > 1)

    def choose(self, weight: str, index: tuple[int, ...] | None = None, row: int | None = None) -> None:
        """Choose an element as far as it is there. ``chosen`` is emitted once, where anything is another."""
        before = (self.weight, self.index, self.row)
        with QSignalBlocker(self._weight), QSignalBlocker(self):
            if weight in self._shapes:
                self._weight.setCurrentIndex(self._weight.findData(weight))
            self._fit()
            for spin, value in zip((self._unit, self._input), index or (), strict=False):
                spin.setValue(value)
            if index and self._is_point:
                self._coordinate.setCurrentIndex(index[-1])
            if row is not None:
                self._row.setValue(row)
        if (self.weight, self.index, self.row) != before:
            self.chosen.emit()

    def _on_weight(self) -> None:
        self._fit()
        self.chosen.emit()

    def _fit(self) -> None:
        """No index beyond the weight's shape."""
        shape = self._shapes.get(self.weight, (1, 1))
        for spin, size in zip((self._unit, self._input), (*shape, 1), strict=False):
            with QSignalBlocker(spin):
                spin.setMaximum(size - 1)
        self._coordinate.setVisible(self._is_point)
        for part in (self._unit, self._brackets[0], self._brackets[2]):
            part.setVisible(not self._is_point)
        for part in (self._input, self._brackets[1]):
            part.setVisible(len(shape) > 1 and not self._is_point)


def _spin(name: str, title: str, tip: str) -> QSpinBox:
    spin = fit_letters(QSpinBox())
    name_field(spin, name, title, tip)
    spin.setMaximum(0)
    spin.setMinimumWidth(spin.fontMetrics().horizontalAdvance("000") + 24)
    spin.setAccelerated(True)
    return spin
