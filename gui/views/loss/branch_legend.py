"""Below the lanes' legend: a run's branches, each with its name, its losses, and a way to hide or remove it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from engine.protocol import Branch
from gui.look.lanes import Lane
from gui.look.naming import name_field
from gui.look.notes import named
from gui.look.own_sheets import mute
from gui.look.theme import LIGHT, Theme
from gui.session.branch_names import BranchNames, short_name

from .name_edit import NameEdit
from .values import SAMPLE, sample, set_text, show_losses, value_label

Losses = tuple[float, ...]


class BranchRow(QWidget):
    """Show a branch in the legend: its name, start and losses. ``hovered`` tells whether the pointer is on it."""

    toggled = Signal()
    removed = Signal()
    hovered = Signal(bool)
    renamed = Signal(str)

    def __init__(self, branch: Branch, lanes: Sequence[Lane], dtype: str):
        super().__init__()
        self.branch, self._lanes, self._dtype = branch, tuple(lanes), dtype
        name = short_name(branch.number)
        self.setObjectName(f"branch_{branch.number}")
        self.box = QCheckBox()
        self.box.setIconSize(SAMPLE)
        self.box.setChecked(True)
        self.box.toggled.connect(lambda _: self.toggled.emit())
        tip = self.tr("{branch}: click to hide or show").format(branch=name)
        name_field(self.box, f"branch_{branch.number}_shown", name, tip)
        self.name = NameEdit()
        self.name.setObjectName(f"branch_{branch.number}_name")
        self.name.setAccessibleName(self.tr("Name of {branch}").format(branch=name))
        self.name.renamed.connect(self.renamed)
        self._details = named(QLabel(), f"branch_{branch.number}_details")
        mute(self._details)
        self._details.setWordWrap(True)
        self._remove = QToolButton()
        self._remove.setText("✕")
        self._remove.setAutoRaise(True)
        title = self.tr("Remove {branch}").format(branch=name)
        name_field(self._remove, f"branch_{branch.number}_remove", title, title)
        self._remove.clicked.connect(lambda: self.removed.emit())
        self._values = [self._value(lane) for lane in self._lanes]
        self._lay_out()

    def _value(self, lane: Lane) -> QLabel:
        spoken = self.tr("Loss of {lane} in {branch}").format(lane=lane.name, branch=short_name(self.branch.number))
        return value_label(f"branch_{self.branch.number}_{lane.backend}", spoken)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 2)
        grid.setVerticalSpacing(0)
        grid.setHorizontalSpacing(4)
        grid.addWidget(self.box, 0, 0)
        grid.addWidget(self.name, 0, 1)
        grid.addWidget(self._remove, 0, 2)
        grid.addWidget(self._details, 1, 0, 1, 3)
        for row, (lane, value) in enumerate(zip(self._lanes, self._values, strict=True), start=2):
            backend = QLabel(lane.side)
            mute(backend)
            grid.addWidget(backend, row, 0)
            grid.addWidget(value, row, 1, 1, 2)
        grid.setColumnStretch(1, 1)

    def show_names(self, names: BranchNames) -> None:
        self.name.set_name(names.name(self.branch))
        self._details.setText(names.details(self.branch))

    def show_losses(self, losses: Losses | None) -> None:
        """Show the losses in the lanes' order; None at a step that is not in the branch, as is told below its name."""
        show_losses(self._values, losses or (), self._dtype)
        if losses is None:
            for value in self._values:
                set_text(value, "–")

    def set_look(self, theme: Theme, color: int) -> None:
        """Take colours from the theme; ``color``: the index of the entry's in the palette."""
        backends = [lane.backend for lane in self._lanes]
        self.box.setIcon(sample(backends, theme.entry_color(color), theme, self.devicePixelRatioF(), faded=True))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.hovered.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(False)


class BranchLegend(QWidget):
    """List the branches. ``removed`` carries a branch's number, ``pointed`` that of the one pointed at (0: none)."""

    toggled = Signal()
    removed = Signal(int)
    pointed = Signal(int)

    def __init__(self, names: BranchNames):
        super().__init__()
        self.setObjectName("branch_legend")
        self._names, self._theme = names, LIGHT
        self._rows: dict[int, BranchRow] = {}
        self._colors: tuple[int, ...] = ()
        self._heading = named(QLabel(self.tr("Branches")), "branch_heading")
        mute(self._heading)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 6, 4, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._heading)
        names.changed.connect(self._show_names)
        self.hide()

    def set_branches(self, branches: Sequence[Branch], lanes: Sequence[Lane], dtype: str) -> None:
        """Add and drop rows; those that stay keep whether they are hidden."""
        there = {branch.number: branch for branch in branches}
        if list(there) == list(self._rows):
            return
        for number in [number for number in self._rows if number not in there]:
            self._drop(self._rows.pop(number))
        for number, branch in there.items():
            if number not in self._rows:
                self._rows[number] = self._add(branch, [lanes[lane] for lane in branch.lanes], dtype)
        self.setVisible(bool(self._rows))
        self._show_names()

    def _add(self, branch: Branch, lanes: Sequence[Lane], dtype: str) -> BranchRow:
        row = BranchRow(branch, lanes, dtype)
        row.toggled.connect(self.toggled)
        row.removed.connect(lambda: self.removed.emit(branch.number))
        row.hovered.connect(lambda on: self.pointed.emit(branch.number if on else 0))
        row.renamed.connect(lambda name: self._names.rename(branch, name))
        row.set_look(self._theme, self._colors[branch.entry])
        self._column.addWidget(row)
        return row

    def _drop(self, row: BranchRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.pointed.emit(0)

    def shown(self, number: int) -> bool:
        return number in self._rows and self._rows[number].box.isChecked()

    def show_losses(self, losses: Mapping[int, Losses] | None) -> None:
        """Show the losses by the branch's number; None where they are not known yet."""
        for number, row in self._rows.items():
            row.show_losses(() if losses is None else losses.get(number))

    def set_look(self, theme: Theme, colors: Sequence[int]) -> None:
        """Take colours from the theme; ``colors``: each entry's index in the palette."""
        self._theme, self._colors = theme, tuple(colors)
        for row in self._rows.values():
            row.set_look(theme, self._colors[row.branch.entry])

    def _show_names(self) -> None:
        for row in self._rows.values():
            row.show_names(self._names)
