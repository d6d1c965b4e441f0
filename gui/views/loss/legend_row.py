"""A lane's line in the loss plot's legend: its box, its loss, and what is to be noted about its curve."""

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel

from gui.look.lanes import Lane
from gui.look.notes import named
from gui.look.own_sheets import mute, set_severity
from gui.look.theme import Theme

from .values import SAMPLE, sample, set_text, value_label

translate = QCoreApplication.translate
LINES = 3  # of the grid that a row takes


class LegendRow(QObject):
    """Hold a lane's widgets. ``toggled`` carries the lane's id, and whether it is to be shown."""

    toggled = Signal(str, bool)

    def __init__(self, lane: Lane, name: str, shown: bool):
        """``name``: the lane's, as short as there is room for."""
        super().__init__()
        self.lane = lane
        self.box = named(QCheckBox(name), f"legend_{lane.id}", lane.name)
        self.box.setToolTip(translate("Legend", "{lane}: click to hide or show").format(lane=lane.name))
        self.box.setIconSize(SAMPLE)
        self.box.setChecked(shown)
        self.box.toggled.connect(lambda on: self.toggled.emit(lane.id, on))
        self.value = value_label(f"loss_{lane.id}", translate("Legend", "Loss of {lane}").format(lane=lane.name))
        text = translate("Legend", "Test loss of {lane}").format(lane=lane.name)
        self.test, self._test_title = value_label(f"test_{lane.id}", text), QLabel(translate("Legend", "◇ test"))
        self._test_title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label in (self.test, self._test_title):
            mute(label)
            label.hide()
        self._note = named(QLabel(), f"note_{lane.id}")
        set_severity(self._note, "warning")
        self._note.setWordWrap(True)
        self._note.hide()

    def add_to(self, grid: QGridLayout, line: int) -> None:
        """Add the row to LINES lines of the grid, the second for the test loss, the third for the note."""
        grid.addWidget(self.box, line, 0)
        grid.addWidget(self.value, line, 1)
        grid.addWidget(self._test_title, line + 1, 0)
        grid.addWidget(self.test, line + 1, 1)
        grid.addWidget(self._note, line + 2, 0, 1, 2)

    def show_test(self, shown: bool) -> None:
        """Show or hide the line of the test loss."""
        for label in (self.test, self._test_title):
            label.setVisible(shown)

    def show_note(self, note: str) -> None:
        set_text(self._note, note)
        self._note.setVisible(bool(note))

    def set_look(self, color: str, theme: Theme, ratio: float) -> None:
        self.box.setIcon(sample([self.lane.backend], color, theme, ratio))
