"""The Variables page: every variable of the function at hand, beside torch's value of the same thing."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engine.protocol import Binding, Traced
from gui.look.glossary import mark
from gui.look.notes import named
from gui.look.theme import LIGHT, Theme

from .variables_model import DELTA, DIY, HIGH, NAME, TORCH, ULPS, VariablesModel, bold, distance_cell

NARROWEST, WIDEST = 72, 230  # pixels of a side's values: the rest of a long list is in its tip
ROOM = 16  # pixels beside a text
CELL_EDGES = 8  # pixels of a cell that its text can't have


class ListDelegate(QStyledItemDelegate):
    """Cut the values of both sides between two numbers, never within one."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        model = index.model()
        if index.column() in (DIY, TORCH) and isinstance(model, VariablesModel):
            metrics, room = option.fontMetrics, option.rect.width() - CELL_EDGES
            option.text = model.fitted(index, lambda text: metrics.horizontalAdvance(text) <= room)  # pyright: ignore[reportAttributeAccessIssue]


class VariablesPage(QWidget):
    """List a frame's variables. ``value_chosen``: a name and its value's number, to be looked at closely."""

    value_chosen = Signal(str, int)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("variables_page")
        self._model = VariablesModel(self)
        self._widths = [0] * (HIGH + 1)
        self._measured: Traced | None = None
        self._table = named(QTableView(), "variables", self.tr("Variables of the function"))
        mark(self._table, "ulp", "rounding")
        self._table.setModel(self._model)
        self._table.setItemDelegate(ListDelegate(self._table))
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._table.setTabKeyNavigation(False)  # Tab leaves the table
        self._table.setWordWrap(False)
        self._table.setShowGrid(False)
        self._table.setAlternatingRowColors(True)
        self._table.setCornerButtonEnabled(False)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        header = self._table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._table.clicked.connect(self._on_clicked)
        self._table.installEventFilter(self)
        self._add_actions()
        self.setFocusProxy(self._table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._table)

    def show_variables(self, traced: Traced | None, bindings: Sequence[Binding], fresh: Collection[str]) -> None:
        """Show what the frame's names hold; ``fresh`` are those that the line just run has made."""
        self._model.fill(traced, bindings, fresh)
        for column in (DELTA, ULPS):  # both sides stand beside each other all the same
            self._table.setColumnHidden(column, traced is not None and traced.hides)
        if traced is not None and traced is not self._measured:
            self._measure(traced)
        for column in range(self._model.columnCount()):
            self._widths[column] = max(self._widths[column], self._text_width(column))
        self._fit()
        row = self._model.first_fresh()
        if row is not None:
            self._table.scrollTo(self._model.index(row, self._leftmost()))

    def set_theme(self, theme: Theme = LIGHT) -> None:
        self._model.set_theme(theme)

    # --- what a person does ------------------------------------------------------------------

    def _add_actions(self) -> None:
        keys = QKeySequence.StandardKey
        for title, key, act in (
            (self.tr("Look at the values"), None, self._choose_current),
            (self.tr("Copy"), keys.Copy, self.copy),
        ):
            action = QAction(title, self._table)
            if key is not None:
                action.setShortcut(key)
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            self._table.addAction(action)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def copy(self) -> None:
        """Copy the selected rows, columns parted by tabs, every number in full."""
        rows = sorted({index.row() for index in self._table.selectionModel().selectedRows()})
        if rows:
            QGuiApplication.clipboard().setText(self._model.tsv(rows))

    def eventFilter(self, watched, event) -> bool:
        """Look at the current row by Enter, which in Qt's table would edit."""
        if event.type() == event.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self._choose_current()
                return True
        return super().eventFilter(watched, event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if not QGuiApplication.keyboardModifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            self.value_chosen.emit(*self._model.variable(index.row()))

    def _choose_current(self) -> None:
        index = self._table.currentIndex()
        if index.isValid():
            self.value_chosen.emit(*self._model.variable(index.row()))

    # --- columns -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _measure(self, traced: Traced) -> None:
        """Room for every name and distance of the step from its first line on: the other columns share the rest."""
        self._measured = traced
        made = (*(call.arguments for call in traced.calls), *(line.made for line in traced.lines))
        names = {binding.name for bindings in made for binding in bindings}
        distances = {distance_cell(value) for value in traced.values}
        bolder, plain = QFontMetrics(bold(self._table.font())), self._table.fontMetrics()
        for column, texts, metrics in ((NAME, names, bolder), (DELTA, distances, plain)):
            widest = max(map(metrics.horizontalAdvance, texts), default=0) + ROOM
            self._widths[column] = max(self._widths[column], widest)

    def _fit(self) -> None:
        """As wide as their texts, and never narrower again, as nothing should jump with each line.

        Both sides' values share the room that is left beside the name and the distance, so that all four are in sight.
        """
        bar = self._table.verticalScrollBar().sizeHint().width()  # whether it is there or not
        room = self._table.width() - 2 * self._table.frameWidth() - bar
        room -= 0 if self._table.isColumnHidden(DELTA) else self._widths[DELTA]
        name = min(self._widths[NAME], max(room - 2 * NARROWEST, NARROWEST))
        share = min(max((room - name) // 2, NARROWEST), WIDEST)
        most = {NAME: name, DIY: share, TORCH: share}
        for column, width in enumerate(self._widths):
            self._table.horizontalHeader().resizeSection(column, min(width, most.get(column, width)))

    def _text_width(self, column: int) -> int:
        metrics = self._table.fontMetrics()
        if column == NAME:  # what is new is bold
            metrics = QFontMetrics(bold(self._table.font()))
        texts = [str(self._model.index(row, column).data() or "") for row in range(self._model.rowCount())]
        texts.append(str(self._model.headerData(column, Qt.Orientation.Horizontal)))
        return max(map(metrics.horizontalAdvance, texts)) + ROOM

    def _leftmost(self) -> int:
        """Return the column in view: scrolling to a row must not move sideways."""
        return max(self._table.columnAt(0), 0)
