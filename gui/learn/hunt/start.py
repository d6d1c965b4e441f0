"""Where a hunt begins: its level, and the seed by which others hunt the same."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSpinBox, QWidget

from gui.look.naming import name_field
from gui.look.text_size import fit_letters

from ..named_button import NamedButton
from ..parts import column_in
from .hunts import levels

MOST_SEED = 9999


class HuntStart(QWidget):
    """Ask which bug is to be planted. ``wanted`` carries a level and a seed."""

    wanted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._level, self._seed = QComboBox(), fit_letters(QSpinBox())
        self._begin = NamedButton("hunt_begin", self.tr("Plant a bug"))
        for level in levels():
            self._level.addItem(self._titles()[level], level)
        self._seed.setRange(0, MOST_SEED)
        name_field(self._level, "hunt_level", self.tr("Level"))
        name_field(self._seed, "hunt_seed", self.tr("Seed"), self.tr("Whoever types the same one hunts the same bug"))
        self._begin.clicked.connect(lambda: self.wanted.emit(*self.chosen))
        self._lay_out()

    def _titles(self) -> dict[int, str]:
        return {
            1: self.tr("1 · a sign, a factor"),
            2: self.tr("2 · slopes and losses"),
            3: self.tr("3 · layers"),
            4: self.tr("4 · optimizers"),
            5: self.tr("5 · what hardly shows"),
            6: self.tr("6 · two at once"),
        }

    def _lay_out(self) -> None:
        about = QLabel(
            self.tr(
                "A mistake is planted into a function of the textbook. The loss falls all the same. Find the line by "
                "the debugger, the maps and the surface, say what it does, and mend it. Until then nothing marks where "
                "DIY and torch differ: both sides’ numbers stand beside each other, to be compared."
            )
        )
        about.setWordWrap(True)
        form = QFormLayout()
        form.addRow(self.tr("Level"), self._level)
        form.addRow(self.tr("Seed"), self._seed)
        column = column_in(self)
        column.addWidget(about)
        column.addLayout(form)
        column.addWidget(self._begin)
        column.addStretch(1)
        self.setFocusProxy(self._level)

    @property
    def chosen(self) -> tuple[int, int]:
        """Return level and seed."""
        return self._level.currentData(), self._seed.value()

    def choose(self, level: int, seed: int) -> None:
        """Show which are hunted."""
        self._level.setCurrentIndex(self._level.findData(level))
        self._seed.setValue(seed)
