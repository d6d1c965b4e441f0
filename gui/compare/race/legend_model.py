"""The entries of a race as rows of the legend, in the order chosen."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon

from engine.spec import ExperimentSpec
from gui.look.numbers import in_full, short
from gui.look.theme import LIGHT, Theme

from ..entries.entry_marks import badge
from ..entries.shown import Shown

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
DIGITS = 4
ENTRY = "application/x-lockstep-entry"  # what is dragged


class LegendModel(QAbstractTableModel):
    """Name and loss. Ticks, moves and drops go to ``shown``, and come back from there."""

    def __init__(self, shown: Shown, parent: QObject | None = None):
        super().__init__(parent)
        self._shown, self._theme, self._ratio = shown, LIGHT, 1.0
        self._spec: ExperimentSpec | None = None
        self._labels: tuple[str, ...] = ()
        self._colors: tuple[int, ...] = ()
        self._order: tuple[int, ...] = ()
        self._losses: Mapping[str, float] = {}
        self._texts: dict[int, str] = {}  # by entry
        self._badges: dict[
            tuple[int, bool], QIcon
        ] = {}  # by entry and whether it is shown, as far as they were looked at
        self._lanes: dict[int, list[str]] = {}  # of each entry, those shown first
        shown.changed.connect(self._on_shown)

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        self.beginResetModel()
        self._spec, self._order = spec, self._shown.order
        self._labels, self._colors = (spec.labels, spec.colors) if spec is not None else ((), ())
        self._losses, self._texts = {}, {}
        self._badges.clear()
        self._order_lanes()
        self.endResetModel()

    def set_theme(self, theme: Theme, ratio: float) -> None:
        self._theme, self._ratio = theme, ratio
        self._badges.clear()
        self._tell(0)

    def show_losses(self, losses: Mapping[str, float]) -> None:
        self._losses = losses
        texts = {entry: self._loss_text(entry) for entry in self._order}
        if texts != self._texts:
            self._texts = texts
            self._tell(1)

    def entry_at(self, row: int) -> int:
        return self._order[row]

    # --- what Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if self._spec is None or not index.isValid():
            return None
        entry = self._order[index.row()]
        if role == Role.ToolTipRole:
            return self._tip(entry)
        if role == Role.ForegroundRole:
            return None if self._shown.entry_shown(entry) else QColor(self._theme.muted)
        return self._name(entry, role) if index.column() == 0 else self._loss(entry, role)

    def _name(self, entry: int, role: int) -> Any:
        shown = self._shown.entry_shown(entry)
        if role == Role.DisplayRole:
            return self._labels[entry]
        if role == Role.DecorationRole:
            return self._badge(entry, shown)
        if role == Role.CheckStateRole:
            return Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked
        return None

    def _loss(self, entry: int, role: int) -> Any:
        if role == Role.DisplayRole:
            return self._texts.get(entry, "")
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole or index.column() != 0:
            return False
        self._shown.set_hidden(self._order[index.row()], Qt.CheckState(value) != Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        base = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled
        return base | flag.ItemIsUserCheckable if index.column() == 0 else base

    # --- dragging --------------------------------------------------------------------------

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [ENTRY]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(ENTRY, str(self._order[indexes[0].row()]).encode())
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:  # noqa: ARG002
        """Move the dropped entry in ``shown``, which tells the list: nothing is left for the view to take away."""
        entry = int(bytes(data.data(ENTRY).data()).decode())
        before = self._order.index(entry)
        to = row if row >= 0 else parent.row() if parent.isValid() else len(self._order)
        self._shown.move(entry, to - 1 if to > before and row >= 0 else to)
        return False

    # --- inside ----------------------------------------------------------------------------

    def _on_shown(self) -> None:
        """Take what is shown; selection and scroll stay with the entries."""
        if self._spec is None or len(self._shown.order) != len(self._labels):
            return  # the experiment is about to be another
        before = self._order
        if self._shown.order != before:
            self.layoutAboutToBeChanged.emit()
            old = self.persistentIndexList()
            self._order = self._shown.order
            new = [self.index(self._order.index(before[index.row()]), index.column()) for index in old]
            self.changePersistentIndexList(old, new)
            self.layoutChanged.emit()
        self._order_lanes()
        self.show_losses(self._losses)
        self._tell(0)
        self._tell(1)

    def _badge(self, entry: int, shown: bool) -> QIcon:
        """Drawn when it is looked at: of hundreds of entries few are in sight."""
        if (entry, shown) not in self._badges:
            color = self._theme.entry_color(self._colors[entry])
            self._badges[entry, shown] = badge(entry + 1, color, self._ratio, faded=not shown)
        return self._badges[entry, shown]

    def _tell(self, column: int) -> None:
        if self._order:
            self.dataChanged.emit(self.index(0, column), self.index(len(self._order) - 1, column))

    def _order_lanes(self) -> None:
        self._lanes = {}
        for lane in sorted(self._shown.lanes, key=lambda lane: not self._shown.lane_shown(lane.id)):
            self._lanes.setdefault(lane.entry, []).append(lane.id)

    def _loss_text(self, entry: int) -> str:
        """Of a pair in lockstep one says it; the tip has both in full."""
        first = next((lane for lane in self._lanes.get(entry, ()) if lane in self._losses), None)
        return "" if first is None else short(self._losses[first], DIGITS)

    def _tip(self, entry: int) -> str:
        assert self._spec is not None
        dtype = self._spec.dtype
        known = [lane for lane in self._lanes.get(entry, ()) if lane in self._losses]
        lines = [f"{entry + 1} · {self._labels[entry]}"]
        return "\n".join(lines + [f"{lane}: {in_full(self._losses[lane], dtype)}" for lane in known])
