"""The chain rule as a table: a row of the batch in each line, its factors, their product, and the sum below."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
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
from gui.look.lanes import PairNames, names_of_pair
from gui.look.numbers import place, short
from gui.look.theme import LIGHT, Theme

from .chain_words import Symbols, number_text
from .header import FormulaHeader

Index = QModelIndex | QPersistentModelIndex
BOTH = Qt.ItemDataRole.UserRole
ROW, DL_DA, DA_DZ, DZ_DW, PRODUCT = range(5)
OPERATORS = {DA_DZ: "×", DZ_DW: "×", PRODUCT: "="}
WIDEST = 760  # pixels: further apart, factors no longer look like a product
PADDING = 5
LEAST = 46  # pixels of a column of numbers
ALL = 0
DIGITS = (ALL, 7, 6, 5, 4, 3, 2)  # the most that fit are shown


class ChainTable(QTableWidget):
    """Show the chain rule, DIY's number above torch's in each cell. ``row_chosen``: a place in the batch."""

    row_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(0, 5)
        self.setObjectName("chain_table")
        self.setAccessibleName(self.tr("The chain rule, row by row of the batch"))
        self._theme, self._dtype = LIGHT, "float64"
        self._names = names_of_pair()
        self.marks_departures = True
        self._places: list[int] = []
        self._looks: dict[int, tuple[int, int]] = {}
        self._header = FormulaHeader(self, OPERATORS)
        self.setHorizontalHeader(self._header)
        self.setItemDelegate(BothDelegate(self))
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMaximumWidth(WIDEST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cellClicked.connect(self._on_chosen)
        self.cellActivated.connect(self._on_chosen)

    def show_chain(
        self, explained: Explained, symbols: Symbols, dtype: str, names: PairNames, *, marks_departures: bool = True
    ) -> None:
        """Show an answer; ``names`` are the lanes'.

        ``marks_departures``: torch's digits stand out from where they are others than the other lane's.
        """
        self._dtype, self._names, self.marks_departures = dtype, names, marks_departures
        self._header.set_formulas(("", *symbols.headings, ""), ("", "", "", "", self.tr("share")))
        asked = explained.request.row
        self._places = [row.place for row in explained.rows]
        sharing = explained.row_count if explained.sharing is None else explained.sharing
        hidden = sharing - len({*self._places})
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

    def look_of(self, column: int) -> tuple[int, int]:
        """Return how many digits there is room for in a column, and how wide the longest is from its point on."""
        if column not in self._looks:
            room = self.columnWidth(column) - self._beside_numbers
            for digits in DIGITS:
                before, behind = self._widths(column, digits)
                self._looks[column] = digits, behind
                if before + behind <= room:
                    break
        return self._looks[column]

    @property
    def _beside_numbers(self) -> int:
        """Return the pixels of a column that its numbers have not: an operator has them."""
        return 2 * PADDING + self.fontMetrics().horizontalAdvance("×") + 2

    def _widths(self, column: int, digits: int) -> tuple[int, int]:
        """Return the pixels that a column's numbers take before their points, and from there on."""
        metrics = self.fontMetrics()
        texts = [text for row in range(self.rowCount()) for text in self.texts_of(self._both(row, column), digits)]
        parts = [at_point(text) for text in texts]
        before = max([metrics.horizontalAdvance(whole) for whole, _ in parts], default=0)
        return before, max([metrics.horizontalAdvance(rest) for _, rest in parts], default=0)

    def texts_of(self, both: Both | None, digits: int) -> list[str]:
        """Return a line for each side that is there."""
        sides = [side for side in both or () if side is not None]
        return [number_text(side, self._dtype) if digits == ALL else short(side, digits) for side in sides]

    def _both(self, row: int, column: int) -> Both | None:
        item = self.item(row, column)
        return item.data(BOTH) if item is not None else None

    # --- filling it --------------------------------------------------------------------------

    def _fill(self, number: int, row: ChainRow) -> None:
        label = self.tr("row {number}").format(number=row.row)
        tip = self.tr("Row {number} of the data, from 0").format(number=row.row)
        if row.position:
            at = ", ".join(map(str, row.position))
            label = self.tr("row {number} at {position}").format(number=row.row, position=at)
            tip = self.tr("Row {number} of the data at {position}, from 0").format(number=row.row, position=at)
        if row.output is not None:
            label = self.tr("{row}, k = {output}").format(row=label, output=row.output)
            way = self.tr("The way through output {output}: each output depends on all z of its row.")
            tip = f"{tip}\n{way.format(output=row.output)}"
        self.setItem(number, ROW, _item(label, tip))
        for column, both in enumerate((row.dL_da, row.da_dz, row.dz_dw, row.product), start=DL_DA):
            self.setItem(number, column, self._number_item(both))

    def _say_hidden(self, number: int, count: int) -> None:
        self.setItem(number, ROW, _item(self.tr("… rows not shown: {count}").format(count=count)))
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
        lines = [f"{name} {number_text(side, self._dtype)}" for name, side in zip(self._names, both, strict=True)]
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
        self._looks.clear()
        metrics = self.fontMetrics()
        texts = [item.text() for row in range(len(self._places)) if (item := self.item(row, ROW))]
        first = max([metrics.horizontalAdvance(text) for text in texts], default=0) + 3 * PADDING
        widths = self._shared_out(self.viewport().width() - first)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.setColumnWidth(ROW, max(self.viewport().width() - sum(widths.values()), 20))
        single = metrics.height() + 2 * PADDING
        for row in range(self.rowCount()):
            is_note = self.columnSpan(row, ROW) == self.columnCount()
            self.setRowHeight(row, single if is_note else single + metrics.height())
        height = self._header.sizeHint().height() + sum(map(self.rowHeight, range(self.rowCount())))
        self.setFixedHeight(height + 2 * self.frameWidth())

    def _shared_out(self, room: int) -> dict[int, int]:
        """Return how wide each column of numbers is: equally, unless one of them has no room for its digits then."""
        shares = {DL_DA: 1.0, DA_DZ: 1.0, DZ_DW: 1.0, PRODUCT: 1.25}  # a product has more digits than its factors
        each = room / sum(shares.values())
        equal = {column: max(round(each * share), LEAST) for column, share in shares.items()}
        needs = {column: max(sum(self._widths(column, DIGITS[-1])) + self._beside_numbers, LEAST) for column in shares}
        if all(needs[column] <= equal[column] for column in shares):
            return equal
        left = max(room - sum(needs.values()), 0) // len(shares)
        return {column: need + left for column, need in needs.items()}

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
        """Return the table for a spreadsheet, every number in full, each side in a line of its own."""
        lines = []
        for row in range(self.rowCount()):
            for side, name in enumerate(self._names):
                cells = [self.item(row, column) for column in range(self.columnCount())]
                boths: list[Both | None] = [cell.data(BOTH) if cell else None for cell in cells]
                if any(boths):
                    numbers = [
                        number_text(both[side], self._dtype).replace("−", "-") if both else "" for both in boths[1:]
                    ]
                    lines.append("\t".join([cells[0].text() if cells[0] else "", name, *numbers]))
        return "\n".join(lines) + "\n"


def _item(text: str, tip: str = "") -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip(tip)
    return item


class BothDelegate(QStyledItemDelegate):
    """Draw DIY's number above torch's, muted, point below point; where torch's digits leave ours they stand out."""

    def __init__(self, table: ChainTable):
        super().__init__(table)
        self._table = table

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave out a selection's usual colours, which would hide what the digits' colours say.

        Not by the table's palette: under a style sheet, that is lost when the table gets another parent.
        """
        super().initStyleOption(option, index)
        theme = self._table.theme
        option.palette.setColor(QPalette.ColorRole.Highlight, blended(theme.base, theme.accent, 0.16))  # pyright: ignore[reportAttributeAccessIssue]
        option.palette.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.text))  # pyright: ignore[reportAttributeAccessIssue]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        both: Both | None = index.data(BOTH)
        is_sum = index.row() == self._table.rowCount() - 1
        area = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        painter.save()
        painter.setPen(QColor(self._table.theme.muted))
        if is_sum:
            painter.drawLine(option.rect.topLeft(), option.rect.topRight())
        if both is not None:
            if not is_sum:
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, OPERATORS.get(index.column(), ""))
            self._paint_both(painter, area, both, index.column())
        painter.restore()

    def _paint_both(self, painter: QPainter, area: QRect, both: Both, column: int) -> None:
        theme, metrics = self._table.theme, painter.fontMetrics()
        digits, behind = self._table.look_of(column)
        texts = self._table.texts_of(both, digits)
        top = area.center().y() - metrics.height() * len(texts) // 2 + metrics.ascent()
        same = _common(*texts) if len(texts) > 1 else 0
        for number, text in enumerate(texts):
            x = area.right() - behind - metrics.horizontalAdvance(at_point(text)[0])
            y = top + number * metrics.height()
            kept = same if number and self._table.marks_departures else len(text)
            painter.setPen(QColor(theme.muted if number else theme.text))
            painter.drawText(x, y, text[:kept])
            painter.setPen(QColor(theme.warning))
            painter.drawText(x + metrics.horizontalAdvance(text[:kept]), y, text[kept:])


def blended(below: str, above: str, share: float) -> QColor:
    one, other = QColor(below), QColor(above)
    channels = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(a * (1 - share) + b * share) for a, b in channels))


def at_point(number: str) -> tuple[str, str]:
    """Split a number at its point; ``8`` and ``e−6`` of ``8e−6``, which has none."""
    whole = len(number) - len(number.lstrip("−0123456789"))
    return number[:whole], number[whole:]


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
