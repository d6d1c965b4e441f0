"""The rows of the Variables page: what a variable is, beside torch's value of it, and how far apart they are."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from engine.protocol import MOST_ULPS, Binding, Traced, Value
from gui.look.glossary import explained
from gui.look.lanes import names_of_pair
from gui.look.numbers import counted, exact, place, rounded, short, with_minus
from gui.look.theme import LIGHT, Theme

from .value_words import fitting_text, full_text, shape_text, short_text
from .verdict_words import mark, no_twin_text, verdict_color, verdict_text

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NAME, DIY, TORCH, DELTA, ULPS, SHAPE, DTYPE, LOW, MEAN, HIGH = range(10)
NUMBERS = (DELTA, ULPS, LOW, MEAN, HIGH)


class VariablesModel(QAbstractTableModel):
    """Hold a frame's variables, filled as a whole at every move of the cursor: a function has a dozen."""

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._rows: list[tuple[str, int, Value]] = []
        self._fresh: frozenset[str] = frozenset()
        self._theme = LIGHT
        self._names = names_of_pair()

    def fill(self, traced: Traced | None, bindings: Sequence[Binding], fresh: Collection[str]) -> None:
        """Fill the table. ``fresh``: the names that the line just run has made."""
        self._name_lanes(traced)
        rows = [(name, value, traced.values[value]) for name, value in bindings] if traced is not None else []
        if [row[0] for row in rows] == [row[0] for row in self._rows]:  # the selection and the scrolling stay
            self._rows, self._fresh = rows, frozenset(fresh)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, HIGH))
            return
        self.beginResetModel()
        self._rows, self._fresh = rows, frozenset(fresh)
        self.endResetModel()

    def _name_lanes(self, traced: Traced | None) -> None:
        names = names_of_pair(is_log=traced is not None and traced.is_log)
        if names != self._names:
            self._names = names
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, DIY, TORCH)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, HIGH))

    def variable(self, row: int) -> tuple[str, int]:
        """Return the row's name and its value's number."""
        return self._rows[row][:2]

    def is_fresh(self, row: int) -> bool:
        return self._rows[row][0] in self._fresh

    def first_fresh(self) -> int | None:
        return next((row for row in range(len(self._rows)) if self.is_fresh(row)), None)

    def tsv(self, rows: Sequence[int]) -> str:
        """Write rows for a spreadsheet: a heading, and every number in full."""
        heading = [self.headerData(column, Qt.Orientation.Horizontal) for column in range(HIGH + 1)]
        lines = [heading, *([self._full(row, column) for column in range(HIGH + 1)] for row in rows)]
        return "\n".join("\t".join(line) for line in lines) + "\n"

    def fitted(self, index: Index, fits: Callable[[str], bool]) -> str:
        """Return what a cell says where not all of it fits."""
        _, _, value = self._rows[index.row()]
        elements = value.first if index.column() == DIY else value.twin_first
        is_list = index.column() == DIY or value.twin is not None
        text = self._text(index.row(), index.column())
        return text if fits(text) or not is_list or not elements else fitting_text(value, elements, fits)

    # --- Qt's own ----------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else HIGH + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return (
                self.tr("Name"),
                *self._names,
                "Δ",
                self.tr("ULPs"),
                self.tr("Shape"),
                self.tr("Type"),
                self.tr("Min"),
                self.tr("Mean"),
                self.tr("Max"),
            )[section]
        if role == Role.ToolTipRole:
            return self._column_help(section)
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _column_help(self, section: int) -> str | None:
        return {
            DIY: self.tr("The first elements, row by row"),
            TORCH: self.tr("torch's value of the same thing, from autograd and torch.optim themselves"),
            DELTA: self.tr("The largest difference, by magnitude, of all elements"),
            ULPS: explained(self.tr("The same element's distance in ULPs"), "ulp"),
        }.get(section)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        match role:
            case Role.DisplayRole:
                return self._text(row, column)
            case Role.ToolTipRole:
                return self._tip(row, column)
            case Role.ForegroundRole:
                return QBrush(QColor(self._color(row, column)))
            case Role.BackgroundRole if self.is_fresh(row):
                tint = QColor(self._theme.accent)
                tint.setAlphaF(0.16)
                return QBrush(tint)
            case Role.FontRole if self.is_fresh(row) and column == NAME:
                return bold(QFont())
            case Role.TextAlignmentRole:
                return self.headerData(column, Qt.Orientation.Horizontal, Role.TextAlignmentRole)
            case Role.AccessibleTextRole:
                return self._spoken(row, column)
        return None

    # --- cells -------------------------------------------------------------------------------

    def _text(self, row: int, column: int) -> str:
        name, _, value = self._rows[row]
        if column == NAME:
            return name
        if column == TORCH and value.twin is None:
            return verdict_text(value.verdict) if value.shape is not None else ""
        if column == DELTA:
            return distance_cell(value)
        if column == ULPS and value.distance is not None:
            return "" if value.verdict == "not_finite" else counted(value.distance.ulps) or "–"
        if column in (LOW, MEAN, HIGH) and self._number(value, column) is not None:
            return short(self._number(value, column) or 0.0, 4)
        texts = {
            DIY: short_text(value, value.first),
            TORCH: short_text(value, value.twin_first) if value.twin else "",
            SHAPE: shape_text(value),
            DTYPE: value.dtype,
        }
        return texts.get(column, "")

    def _full(self, row: int, column: int) -> str:
        _, _, value = self._rows[row]
        if column in (DIY, TORCH) and (column == DIY or value.twin is not None):
            return full_text(value, value.first if column == DIY else value.twin_first, exact)
        if column == DELTA and value.distance is not None:
            return exact(value.distance.max_abs)
        number = self._number(value, column)
        return self._text(row, column) if number is None else exact(number, value.dtype)

    def _tip(self, row: int, column: int) -> str | None:
        _, _, value = self._rows[row]
        if column in (TORCH, DELTA, ULPS):
            if value.twin is None:
                return no_twin_text(value)
            if column != TORCH and value.verdict == "hidden":
                return verdict_text(value.verdict)
            if column != TORCH and value.distance is not None:
                if value.distance.max_abs == 0 or value.verdict == "not_finite":
                    return verdict_text(value.verdict)
                where = place(value.distance.tensor, value.distance.index)
                said = self.tr("{verdict}; farthest apart at {place}").format(
                    verdict=verdict_text(value.verdict), place=where
                )
                return said if column == DELTA or counted(value.distance.ulps) else f"{said}\n{_no_count()}"
            return f"{value.twin}: {full_text(value, value.twin_first)}"
        full = self._full(row, column)
        return with_minus(full) if value.shape is not None and column in (DIY, *NUMBERS) else full

    def _spoken(self, row: int, column: int) -> str:
        """Say a row for a screen reader: a mark as what it means, and a new row as new."""
        _, _, value = self._rows[row]
        if column == DELTA and value.distance is not None:
            said = verdict_text(value.verdict)
            return said if value.verdict == "not_finite" else f"{rounded(value.distance.max_abs)}, {said}"
        if column == NAME and self.is_fresh(row):
            return self.tr("{name}, just made").format(name=self._text(row, NAME))
        return self._text(row, column)

    def _color(self, row: int, column: int) -> str:
        _, _, value = self._rows[row]
        if column in (DELTA, ULPS):
            return verdict_color(value.verdict, self._theme)
        muted = column in (SHAPE, DTYPE) or (column == TORCH and value.twin is None) or value.shape is None
        return self._theme.muted if muted and column != NAME else self._theme.text

    def _number(self, value: Value, column: int) -> float | None:
        """Of a single number the three would only say it again."""
        if not value.shape:
            return None
        return {LOW: value.low, MEAN: value.mean, HIGH: value.high}.get(column)


def distance_cell(value: Value) -> str:
    """Write a distance; empty where torch has none."""
    if value.distance is None:
        return ""
    sign = mark(value.verdict)
    return sign if value.verdict == "not_finite" else f"{sign} {rounded(value.distance.max_abs)}"


def _no_count() -> str:
    return QCoreApplication.translate(
        "VariablesModel", "More than {count} ULPs: beside numbers near 0, or far apart, their count says nothing."
    ).format(count=f"{MOST_ULPS:,}")


def bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made
