"""The two tables of an earlier run: how far each lane is apart from it, and the settings that differ."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from engine.session_file import LossesApart
from gui.look.naming import name_field
from gui.look.numbers import short
from gui.look.text_size import fixed_font

from .settings import MISSING, Difference

translate = QCoreApplication.translate
Align = Qt.AlignmentFlag


class ApartTable(QTreeWidget):
    """List the lanes that both runs have, and below each its weights."""

    def __init__(self) -> None:
        super().__init__()
        name_field(self, "earlier_apart", translate("earlier", "How far each lane is apart from the earlier run"), "")
        titles = (
            translate("earlier", "Lane, weights"),
            translate("earlier", "Steps in both"),
            translate("earlier", "Apart from step"),
            translate("earlier", "Largest |Δ|"),
            translate("earlier", "at step"),
        )
        self.setHeaderLabels(titles)
        self.headerItem().setToolTip(
            2, translate("earlier", "The first step whose losses differ at all; before it they are equal bit for bit")
        )
        self.headerItem().setToolTip(
            3, translate("earlier", "Of a lane, over the losses of all common steps; of weights, over the tensor")
        )
        _set_up(self, 1)
        self._lanes: dict[str, QTreeWidgetItem] = {}

    def show_losses(self, apart: Mapping[str, LossesApart], names: Mapping[str, str]) -> None:
        """Show each lane's; ``names``: how the lanes are called, by their ids."""
        for lane in [lane for lane in self._lanes if lane not in apart]:
            self.takeTopLevelItem(self.indexOfTopLevelItem(self._lanes.pop(lane)))
        for lane, found in apart.items():
            item = self._lanes.get(lane)
            if item is None:
                item = self._lanes[lane] = _row(self, 1)
                self.addTopLevelItem(item)
            for column, text in enumerate((names[lane], *_losses_cells(found))):
                item.setText(column, text)

    def show_weights(self, lane: str, apart: Mapping[str, float | None]) -> None:
        """Show a lane's weights, tensor by tensor; none takes them away."""
        item = self._lanes.get(lane)
        if item is None:
            return
        item.takeChildren()
        for name, largest in apart.items():
            child = _row(None, 1)
            child.setText(0, name)
            child.setText(3, translate("earlier", "other shape") if largest is None else _apart(largest))
            item.addChild(child)
        item.setExpanded(True)


class SettingsTable(QTreeWidget):
    """List the settings that differ: then and now."""

    def __init__(self) -> None:
        super().__init__()
        name_field(self, "earlier_settings", translate("earlier", "Settings that differ"), "")
        self.setHeaderLabels(
            (translate("earlier", "Setting"), translate("earlier", "Then"), translate("earlier", "Now"))
        )
        _set_up(self, 3)
        mode = QHeaderView.ResizeMode
        for column, how in enumerate((mode.ResizeToContents, mode.Stretch, mode.Stretch)):
            self.header().setSectionResizeMode(column, how)
        self.setRootIsDecorated(False)

    def show_differences(self, found: Sequence[Difference]) -> None:
        self.clear()
        for one in found:
            item = QTreeWidgetItem(list(one))
            for column, text in enumerate(one):
                item.setToolTip(column, text)
            self.addTopLevelItem(item)


def _set_up(table: QTreeWidget, numbers_from: int) -> None:
    table.setUniformRowHeights(True)
    table.setAlternatingRowColors(True)
    header = table.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setMinimumSectionSize(50)
    for column in range(numbers_from, table.columnCount()):
        table.headerItem().setTextAlignment(column, Align.AlignRight | Align.AlignVCenter)
    table.setMinimumHeight(60)


def _row(_: QTreeWidget | None, numbers_from: int) -> QTreeWidgetItem:
    item = QTreeWidgetItem()
    for column in range(numbers_from, 5):
        item.setTextAlignment(column, Align.AlignRight | Align.AlignVCenter)
        item.setFont(column, fixed_font())
    return item


def _losses_cells(found: LossesApart) -> tuple[str, str, str, str]:
    if found.first is None:
        return f"{found.steps:,}", translate("earlier", "never") if found.steps else MISSING, _apart(0.0), MISSING
    return f"{found.steps:,}", f"{found.first:,}", _apart(found.largest), f"{found.at:,}"


def _apart(largest: float) -> str:
    return "0" if largest == 0 else short(largest, 4)
