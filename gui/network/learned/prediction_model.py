"""The predictions as a model: a row of the data each, of which only those on screen are known."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from engine.protocol import Predictions, Side
from gui.look.text_size import fixed_font
from gui.look.theme import LIGHT, Theme

from .facts import Facts
from .prediction_columns import Column, Told, columns_of, told_of
from .words import MARK, translate

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class PredictionModel(QAbstractTableModel):
    """Hold the newest predictions. Sixty thousand rows take no more than those that are seen."""

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.columns: list[Column] = []
        self._facts: Facts | None = None
        self._predictions: Predictions | None = None
        self._theme = LIGHT
        self._font: QFont = fixed_font()

    def set_facts(self, facts: Facts, side: Side) -> None:
        """Take other data, or another side, of which nothing is predicted yet."""
        self.beginResetModel()
        self._facts, self.columns, self._predictions = facts, columns_of(facts, side), None
        self.endResetModel()

    def show_predictions(self, predictions: Predictions) -> None:
        self._predictions = predictions
        if len(predictions.values) and self.columns:
            last = min(predictions.first + len(predictions.values), self.rowCount()) - 1
            self.dataChanged.emit(self.index(predictions.first, 0), self.index(last, len(self.columns) - 1))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def _told(self, row: int) -> Told | None:
        found = self._predictions
        if found is None or not 0 <= row - found.first < len(found.values):
            return None
        return told_of(found.values, found.answers, row - found.first)

    # --- what Qt asks --------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() or self._facts is None else len(self._facts.x)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return self._row_header(section, role)
        if not 0 <= section < len(self.columns):
            return None
        if role == Role.DisplayRole:
            return self.columns[section].title
        return self.columns[section].about if role == Role.ToolTipRole else None

    def _row_header(self, row: int, role: int) -> Any:
        """Return a row's number, from 0 as in the picture; one that only tests has its mark."""
        tested = self._facts is not None and bool(self._facts.tested[row])
        if role == Role.DisplayRole:
            return f"{MARK} {row}" if tested else str(row)
        if role == Role.ToolTipRole and tested:
            return translate("learned", "This row only tests: it trains nothing")
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], index.row()
        match role:
            case Role.DisplayRole:
                return column.text(row, self._told(row))
            case Role.ToolTipRole | Role.AccessibleTextRole:
                return column.full(row, self._told(row))
            case Role.FontRole:
                return self._font
            case Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Role.ForegroundRole if column.right is not None:
                right = column.right(row, self._told(row))
                return QBrush(QColor(self._theme.error if right is False else self._theme.ok))
        return None
