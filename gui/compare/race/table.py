"""The race's table: a line a lane, sorted by any column, and copied into a spreadsheet."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QVBoxLayout, QWidget

from engine.protocol import PairParity, Race
from engine.spec import ExperimentSpec
from gui.look.glossary import mark
from gui.look.naming import name_field
from gui.look.notes import StaleVeil
from gui.look.text_size import fixed_font
from gui.look.theme import Theme
from gui.views.loss.values import WIDEST

from ..entries.entry_marks import badge_size
from ..entries.shown import Shown
from .model import RaceModel

LANE_WIDTH, MOST_LANE_WIDTH = 150, 300  # pixels
PAD = 20  # of a cell, and the mark of the column that is sorted by


class RaceTable(QWidget):
    def __init__(self, shown: Shown):
        super().__init__()
        self.setObjectName("race_table")
        self.model = RaceModel(shown, self)
        self.table = CopyingTable(self.copy)
        self._dtype = ""
        self._set_up()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 0, 2, 2)
        layout.addWidget(self.table)
        self.setFocusProxy(self.table)
        self._veil = StaleVeil(self.table, at_right=True)

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        before = self.model.columns
        self.model.set_experiment(spec)
        dtype, same = spec.dtype if spec else "float32", self.model.columns is before
        if not same:
            self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        if dtype != self._dtype or not same:
            self._dtype = dtype
            self._fit_columns()
        self._fit_names()

    def show_race(self, race: Race, pairs: tuple[PairParity, ...]) -> None:
        self.model.show_rows(race.rows, pairs, race.step if race.step < race.newest else None)

    def clear(self) -> None:
        self.model.clear()

    def set_theme(self, theme: Theme) -> None:
        self.model.set_theme(theme, self.devicePixelRatioF())
        self._veil.set_theme(theme)

    def set_stale(self, stale: bool) -> None:
        self._veil.set_stale(stale)

    @property
    def wanted_height(self) -> int:
        """Return the height of all rows, and the scroll bar below them."""
        header, bar = self.table.horizontalHeader(), self.table.horizontalScrollBar()
        rows = self.model.rowCount() * self.table.verticalHeader().defaultSectionSize()
        return header.sizeHint().height() + rows + bar.sizeHint().height() + 8

    def copy(self) -> None:
        """Copy all of the table, as it is sorted: cells separated by tabs, numbers with all their digits."""
        text = "\n".join("\t".join(row) for row in self.model.as_table()) + "\n"
        QGuiApplication.clipboard().setText(text)

    def _set_up(self) -> None:
        table = self.table
        tip = self.tr(
            "Click a column's title to sort by it, or press the menu key in the column. "
            "Ctrl+C copies the table for a spreadsheet."
        )
        name_field(table, "race_rows", self.tr("Standing of every lane"), "")
        table.setStatusTip(tip)
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setIconSize(badge_size())
        mark(table, "parity", "lane")
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        table.setMinimumHeight(60)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSortIndicatorClearable(True)
        table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._open_menu)

    def _fit_columns(self) -> None:
        """Wide enough for any number of this precision, so that numbers that come and go move nothing."""
        header, digits, titles = self.table.horizontalHeader(), QFontMetrics(fixed_font()), self.fontMetrics()
        for place, column in enumerate(self.model.columns, start=1):
            widest = WIDEST[self._dtype] if column.key in ("final", "best", "test") else column.widest
            width = max(digits.horizontalAdvance(widest), titles.horizontalAdvance(column.title) + PAD)
            header.resizeSection(place, width + PAD // 2)

    def _fit_names(self) -> None:
        """Long names have room, within limits: the numbers are what the table is for."""
        texts = [str(self.model.index(row, 0).data() or "") for row in range(self.model.rowCount())]
        longest = max(map(self.fontMetrics().horizontalAdvance, texts), default=0) + PAD
        width = min(max(longest, LANE_WIDTH), MOST_LANE_WIDTH)
        self.table.horizontalHeader().resizeSection(0, width + badge_size().width())

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(self.tr("&Copy table"), self.copy)
        action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        column = self.table.currentIndex().column()
        if column >= 0:
            title = self.model.headerData(column, Qt.Orientation.Horizontal)
            text = self.tr("&Sort by “{column}”").format(column=title)
            menu.addAction(text, lambda: self._sort(column))
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _sort(self, column: int) -> None:
        """As a click on the column's title does, for the keyboard, which does not come there."""
        header, order = self.table.horizontalHeader(), Qt.SortOrder
        again = header.sortIndicatorSection() == column and header.sortIndicatorOrder() == order.AscendingOrder
        header.setSortIndicator(column, order.DescendingOrder if again else order.AscendingOrder)


class CopyingTable(QTableView):
    """Leave Ctrl+C to the table: Qt would copy the one cell that has the keyboard."""

    def __init__(self, copy: Callable[[], None]):
        super().__init__()
        self._copy = copy

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)
