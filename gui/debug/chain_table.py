"""The chain rule as a table: a row of the batch in each line, its factors, their product, and the sum below."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from engine.protocol import Both, ChainRow, Explained
from gui.theme import LIGHT, Theme
from gui.views.lanes import backend_name
from gui.views.numbers import place, short

from .chain_words import Symbols, number_text
from .formula_header import FormulaHeader

Index = QModelIndex | QPersistentModelIndex
BOTH = Qt.ItemDataRole.UserRole
ROW, DL_DA, DA_DZ, DZ_DW, PRODUCT = range(5)
OPERATORS = {DA_DZ: "·", DZ_DW: "·", PRODUCT: "="}
PADDING = 5
DIGITS = (17, 7, 6, 5, 4, 3)  # the most that fit are shown; 17 stands for all


class ChainTable(QTableWidget):
    """``row_chosen``: a place in the batch. Each cell says DIY's number and below it torch's."""

    row_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(0, 5)
        self.setObjectName("chain_table")
        self.setAccessibleName(self.tr("The chain rule, row by row of the batch"))
        self._theme, self._dtype = LIGHT, "float64"
        self._places: list[int] = []
        self._header = FormulaHeader(self, OPERATORS)
        self.setHorizontalHeader(self._header)
        self.setItemDelegate(BothDelegate(self))
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cellClicked.connect(self._on_chosen)
        self.cellActivated.connect(self._on_chosen)

    def show_chain(self, explained: Explained, symbols: Symbols, dtype: str) -> None:
        self._dtype = dtype
        self._header.set_formulas(("", *symbols.factors, ""), ("", "", "", "", self.tr("share")))
        asked = explained.request.row
        self._places = [*range(len(explained.rows))]
        if explained.rows and asked >= len(explained.rows):
            self._places[-1] = asked  # the engine adds the row asked for to the first ones
        hidden = explained.row_count - len(explained.rows)
        self.clearSpans()
        self.setRowCount(len(explained.rows) + (hidden > 0) + 1)
        for number, row in enumerate(explained.rows):
            self._fill(number, row)
        if hidden > 0:
            self._say_hidden(len(explained.rows), hidden)
        self._fill_sum(self.rowCount() - 1, explained)
        if asked in self._places:
            self.selectRow(self._places.index(asked))
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._header.set_theme(theme)
        self.viewport().update()

    @property
    def theme(self) -> Theme:
        return self._theme

    def text_of(self, value: float | None, width: int) -> str:
        """As many digits as there is room for."""
        metrics = self.fontMetrics()
        texts = (
            number_text(value, self._dtype) if digits == DIGITS[0] else short(value or 0.0, digits) for digits in DIGITS
        )
        if value is None:
            return "–"
        return next((text for text in texts if metrics.horizontalAdvance(text) <= width), short(value, DIGITS[-1]))

    # --- filling it --------------------------------------------------------------------------

    def _fill(self, number: int, row: ChainRow) -> None:
        label = self.tr("row {number}").format(number=row.row)
        self.setItem(number, ROW, _item(label, self.tr("Row {number} of the data, from 0").format(number=row.row)))
        for column, both in enumerate((row.dL_da, row.da_dz, row.dz_dw, row.product), start=DL_DA):
            self.setItem(number, column, self._number_item(both))

    def _say_hidden(self, number: int, count: int) -> None:
        self.setItem(number, ROW, _item(self.tr("… and %n more row(s)", "", count)))
        self.setSpan(number, ROW, 1, self.columnCount())

    def _fill_sum(self, number: int, explained: Explained) -> None:
        element = place(explained.request.weight, explained.request.index)
        text = self.tr("Σ  ∂L/∂{element}").format(element=element)
        self.setItem(
            number,
            ROW,
            _item(text, self.tr("The shares of all rows added up: the gradient of {element}").format(element=element)),
        )
        self.setSpan(number, ROW, 1, PRODUCT)
        self.setItem(number, PRODUCT, self._number_item(explained.grad))

    def _number_item(self, both: Both) -> QTableWidgetItem:
        lines = [
            f"{backend_name(backend)} {number_text(side, self._dtype)}"
            for backend, side in zip(("diy", "torch"), both, strict=True)
        ]
        item = _item("", "\n".join(lines))
        item.setData(BOTH, both)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(lines))
        return item

    # --- its size ----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """All of it in sight: the page around it scrolls."""
        metrics = self.fontMetrics()
        texts = [item.text() for row in range(len(self._places)) if (item := self.item(row, ROW))]
        first = max([metrics.horizontalAdvance(text) for text in texts], default=0) + 4 * PADDING
        each = max((self.viewport().width() - first) // 4, 40)
        self.setColumnWidth(ROW, self.viewport().width() - 4 * each if self.viewport().width() > 4 * each else first)
        for column in range(DL_DA, PRODUCT + 1):
            self.setColumnWidth(column, each)
        single = metrics.height() + 2 * PADDING
        for row in range(self.rowCount()):
            is_note = self.columnSpan(row, ROW) == self.columnCount()
            self.setRowHeight(row, single if is_note else single + metrics.height())
        height = self._header.sizeHint().height() + sum(map(self.rowHeight, range(self.rowCount())))
        self.setFixedHeight(height + 2 * self.frameWidth())

    # --- what a person does ------------------------------------------------------------------

    def _on_chosen(self, row: int, _column: int) -> None:
        if row < len(self._places):
            self.row_chosen.emit(self._places[row])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        else:
            super().keyPressEvent(event)

    def as_text(self) -> str:
        """All of it for a spreadsheet, every number in full, each side in a line of its own."""
        lines = []
        for row in range(self.rowCount()):
            for side, backend in enumerate(("diy", "torch")):
                cells = [self.item(row, column) for column in range(self.columnCount())]
                boths: list[Both | None] = [cell.data(BOTH) if cell else None for cell in cells]
                if any(boths):
                    numbers = [
                        number_text(both[side], self._dtype).replace("−", "-") if both else "" for both in boths[1:]
                    ]
                    lines.append("\t".join([cells[0].text() if cells[0] else "", backend_name(backend), *numbers]))
        return "\n".join(lines) + "\n"


def _item(text: str, tip: str = "") -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(tip)
    return item


class BothDelegate(QStyledItemDelegate):
    """DIY's number above torch's, muted; where torch's digits leave ours they stand out."""

    def __init__(self, table: ChainTable):
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        both: Both | None = index.data(BOTH)
        area = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        painter.save()
        if index.row() == self._table.rowCount() - 1:
            painter.setPen(QColor(self._table.theme.muted))
            painter.drawLine(option.rect.topLeft(), option.rect.topRight())
        if both is not None:
            operator = OPERATORS.get(index.column(), "") if self._is_row(index) else ""
            painter.setPen(QColor(self._table.theme.muted))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, operator)
            self._paint_both(painter, area, both)
        painter.restore()

    def _is_row(self, index: Index) -> bool:
        return index.row() < self._table.rowCount() - 1

    def _paint_both(self, painter: QPainter, area: QRect, both: Both) -> None:
        theme, metrics = self._table.theme, painter.fontMetrics()
        width = area.width() - 2 * PADDING
        ours, theirs = (self._table.text_of(side, width) for side in both)
        top = area.center().y() - metrics.height() + metrics.ascent()
        painter.setPen(QColor(theme.text))
        painter.drawText(area.right() - metrics.horizontalAdvance(ours), top, ours)
        same = _common(ours, theirs)
        x = area.right() - metrics.horizontalAdvance(theirs)
        painter.setPen(QColor(theme.muted))
        painter.drawText(x, top + metrics.height(), theirs[:same])
        painter.setPen(QColor(theme.warning))
        painter.drawText(x + metrics.horizontalAdvance(theirs[:same]), top + metrics.height(), theirs[same:])


def _common(one: str, other: str) -> int:
    """How many characters both begin with. A side that is not there leaves nobody."""
    if "–" in (one, other):
        return len(other)
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
