"""The data's table for Qt's views: text as typed, marks at bad cells. Lays nothing out."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor

from engine.spec import Fault
from gui.look.theme import LIGHT, Theme
from gui.look.wording import fault_text

from .cells import Place
from .table import EMPTY, Table

Index = QModelIndex | QPersistentModelIndex
Marks = dict[Place, list[Fault]]
FAULT_ROLE = Qt.ItemDataRole.UserRole


class GridModel(QAbstractTableModel):
    """Hold columns of x, then of y; of y only the first where it holds class numbers.

    ``act`` says while ``edited`` is emitted what a person did where the table does not tell: ``paste``, ``cut``.
    """

    edited = Signal()  # by the person
    reshaped = Signal()  # rows or columns came or went, however that happened

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._table = EMPTY
        self._classes = False
        self._marks: Marks = {}
        self._tested: frozenset[int] = frozenset()  # rows
        self.is_edited, self.act = False, ""
        self._read_only = False
        self._columns: tuple[str, ...] = ()  # what x's are called
        self._class_names: tuple[str, ...] = ()
        self.set_theme(LIGHT)

    @property
    def table(self) -> Table:
        return self._table

    @property
    def has_classes(self) -> bool:
        return self._classes

    @property
    def read_only(self) -> bool:
        """Return whether the table is a file's, in which nothing is typed."""
        return self._read_only

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only

    def set_columns(self, names: tuple[str, ...]) -> None:
        """Set what x's columns are called."""
        if names != self._columns:
            self._columns = names
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.width - 1)

    def set_class_names(self, names: tuple[str, ...]) -> None:
        """Set what the classes are called, which is said beside their numbers."""
        if names != self._class_names:
            self._class_names = names
            self._all_changed()

    @property
    def tested(self) -> frozenset[int]:
        """Return the rows that are marked as such that only test."""
        return self._tested

    @property
    def width(self) -> int:
        return self._table.inputs + 1 if self._classes else self._table.width

    def set_table(self, table: Table) -> None:
        """Begin again with this table; no open editor stays."""
        self.is_edited = False
        self._reset(table, self._classes)

    def _reset(self, table: Table, classes: bool) -> None:
        self.beginResetModel()
        self._table, self._classes = table, classes
        self._marks = {}
        self.endResetModel()
        self.reshaped.emit()

    def set_classes(self, classes: bool) -> None:
        if classes != self._classes:
            self._reset(self._table, classes)

    def apply(self, table: Table, act: str = "") -> None:
        """Make a user's change; of what a file holds there is none."""
        if table != self._table and not self._read_only:
            self.is_edited, self.act = True, act
            self.show_table(table)
            self.edited.emit()
            self.act = ""

    def show_table(self, table: Table) -> None:
        if _shape(table) == _shape(self._table):
            self._table = table
            self._all_changed()
        else:
            self._reset(table, self._classes)

    def set_marks(self, marks: Marks) -> None:
        if marks != self._marks:
            self._marks = marks
            self._all_changed()

    def set_tested(self, rows: frozenset[int]) -> None:
        """Mark the rows that only test."""
        if rows != self._tested:
            self._tested = rows
            self._all_changed()
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self._table.height - 1)

    def _all_changed(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(self._table.height - 1, self.width - 1))

    def set_theme(self, theme: Theme) -> None:
        tint = QColor(theme.accent)
        tint.setAlphaF(0.14)
        self._target_brush = QBrush(tint)
        grey = QColor(theme.muted)
        grey.setAlphaF(0.3)
        self._tested_brush = QBrush(grey)
        self._fault_brush = QBrush(QColor(theme.error_background))
        self._fault_pen = QBrush(QColor(theme.error))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else self._table.height

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else self.width

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | (Qt.ItemFlag(0) if self._read_only else Qt.ItemFlag.ItemIsEditable)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(*place)
        if role == Qt.ItemDataRole.EditRole:
            return self._table.text(*place)
        if role == Qt.ItemDataRole.ToolTipRole and place not in self._marks:
            return self._table.text(*place)  # in full, where the cell is too narrow
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole, FAULT_ROLE):
            # Worded only now: a grid can have more faults than anybody will look at.
            return "\n".join(map(fault_text, self._marks[place])) if place in self._marks else None
        if role == Qt.ItemDataRole.BackgroundRole:
            plain = self._target_brush if place[1] >= self._table.inputs else None
            plain = self._tested_brush if place[0] in self._tested else plain
            return self._fault_brush if place in self._marks else plain
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._fault_pen if place in self._marks else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _shown(self, row: int, column: int) -> str:
        """Return a cell's text; a class has its name beside its number."""
        text = self._table.text(row, column)
        if self._classes and self._class_names and column == self._table.inputs and text.isdecimal():
            number = int(text)
            name = self._class_names[number] if number < len(self._class_names) else ""
            return name if name and self._read_only else f"{text} {name}".rstrip()
        return text

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        place = index.row(), index.column()
        if str(value) != self.data(index, role):
            self.apply(self._table.with_cells({place: str(value)}))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        of_x = section < self._table.inputs
        if orientation == Qt.Orientation.Vertical:
            return self._row_header(section, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"x{section + 1}" if of_x else f"y{section + 1 - self._table.inputs}"
        if role == Qt.ItemDataRole.ToolTipRole and section < len(self._columns):
            return f"{self._columns[section]}\n{self._column_help(of_x)}"
        return self._column_help(of_x) if role == Qt.ItemDataRole.ToolTipRole else None

    def _row_header(self, row: int, role: int) -> Any:
        """Return a row's number; one that only tests has the mark that its loss has in the plot."""
        if role == Qt.ItemDataRole.DisplayRole:
            return f"◇ {row + 1}" if row in self._tested else str(row + 1)
        if role == Qt.ItemDataRole.ToolTipRole and row in self._tested:
            return self.tr("This row only tests: it trains nothing")
        return None

    def _column_help(self, of_x: bool) -> str:
        if of_x:
            return self.tr("An input of the network")
        if self._classes:
            return self.tr("The class of the row: a whole number from 0")
        return self.tr("What the network should answer for the row")


def _shape(table: Table) -> tuple[int, int, int]:
    return table.height, table.width, table.inputs
