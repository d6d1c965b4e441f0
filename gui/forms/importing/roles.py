"""A file's columns and what each is taken for, and its first rows: both for Qt's views."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor

from engine.spec.tables import Preview
from gui.look.theme import LIGHT, Theme

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["x", "y", ""]
TARGETS = ("y", "label", "class", "target", "kind", "species", "labels", "classes", "targets")  # as people call them

translate = QCoreApplication.translate


def suggested(preview: Preview) -> list[Kind]:
    """Guess what each column is: y what is called so, or the last; x all others that are numbers."""
    names = [name.strip().casefold() for name in preview.names]
    last = len(names) - 1
    target = next((place for place, name in enumerate(names) if name in TARGETS), last)
    kinds: list[Kind] = ["" if place in preview.words else "x" for place in range(len(names))]
    kinds[target] = "y"
    return kinds


def kind_title(kind: Kind) -> str:
    titles = {"x": translate("Importer", "x"), "y": translate("Importer", "y"), "": "–"}
    return titles[kind]


class ColumnsModel(QAbstractTableModel):
    """Hold a row a column of the file: its name, and what it is taken for. ``changed``: by a person."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._words: frozenset[int] = frozenset()
        self.kinds: list[Kind] = []

    def show_columns(self, preview: Preview) -> None:
        """Show a file's columns. Where they are as many as before they are what they were."""
        self.beginResetModel()
        if len(preview.names) != len(self._names):
            self.kinds = suggested(preview)
        self._names, self._words = preview.names, preview.words
        self.endResetModel()

    def places(self, kind: Kind) -> list[int]:
        return [place for place, one in enumerate(self.kinds) if one == kind]

    def set_kind(self, places: Iterable[int], kind: Kind) -> None:
        for place in places:
            self.kinds[place] = kind
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._names) - 1, 1))
        self.changed.emit()

    def take(self, x: Collection[int], y: Collection[int]) -> None:
        """Take the columns that were chosen at another time."""
        self.kinds = ["y" if place in y else "x" if place in x else "" for place in range(len(self._names))]
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._names) - 1, 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return translate("Importer", "Column") if section else translate("Importer", "as")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names[index.row()] if index.column() else kind_title(self.kinds[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole and index.row() in self._words:
            return translate("Importer", "Has mostly cells that are no numbers")
        if role == Qt.ItemDataRole.TextAlignmentRole and not index.column():
            return Qt.AlignmentFlag.AlignCenter
        return None


class RowsModel(QAbstractTableModel):
    """Hold the first rows as the file has them; targets are tinted, and what is left out is grey."""

    def __init__(self, columns: ColumnsModel, parent: QObject | None = None):
        super().__init__(parent)
        self._columns = columns
        self._names: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()
        columns.changed.connect(self._on_changed)
        self.set_theme(LIGHT)

    def show_rows(self, preview: Preview | None) -> None:
        self.beginResetModel()
        self._names, self._rows = ((), ()) if preview is None else (preview.names, preview.rows)
        self.endResetModel()

    def set_theme(self, theme: Theme) -> None:
        tint = QColor(theme.accent)
        tint.setAlphaF(0.14)
        self._target, self._left_out = QBrush(tint), QBrush(QColor(theme.muted))

    def _on_changed(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._names) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._names)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._names[section] if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row[column] if column < len(row) else ""
        kind = self._columns.kinds[column] if column < len(self._columns.kinds) else ""
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._target if kind == "y" else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return None if kind else self._left_out
        return None
