"""The page of predictions: a table that is as long as the data, of which the rows on screen are asked for."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from engine.protocol import Learned, LearnedRequest, Predictions, Side
from gui.look.naming import name_field
from gui.look.notes import named
from gui.look.text_size import fixed_font
from gui.look.theme import Theme
from gui.views.loss.values import set_text

from .facts import Facts
from .page import LearnedPage
from .prediction_model import PredictionModel
from .words import MARK, accuracy_text, rows_text

PAD = 14  # pixels of a cell beside its text


class PredictionsPage(LearnedPage):
    """Show what is predicted for each row. The row chosen in the table goes through the network's picture."""

    def __init__(self) -> None:
        super().__init__()
        self._facts: Facts | None = None
        self._side: Side = "diy"
        self._follows = False  # whether the row is chosen elsewhere
        self._model = PredictionModel(self)
        self._heading = named(QLabel(), "predictions_heading")
        self._heading.setWordWrap(True)
        self._table = QTableView()
        self._set_up()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._heading)
        layout.addWidget(self._table, 1)
        self.setFocusProxy(self._table)

    def _set_up(self) -> None:
        table = self._table
        tip = self.tr("A row of the data each; the one chosen here goes through the picture of the network")
        name_field(table, "predictions_table", self.tr("Predictions beside targets"), "")
        table.setStatusTip(tip)
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        table.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setHighlightSections(False)
        table.verticalScrollBar().valueChanged.connect(lambda _: self.request_changed.emit())
        table.viewport().installEventFilter(self)
        table.selectionModel().currentRowChanged.connect(lambda now, _: self._on_row(now.row()))

    # --- what the panel calls ------------------------------------------------------------------

    def key_stops(self) -> list[QWidget]:
        return [self._table]

    def set_facts(self, facts: Facts, side: Side) -> None:
        row = self._table.currentIndex().row()
        self._facts, self._side = facts, side
        self._follows = True
        self._model.set_facts(facts, side)
        self._follows = False
        self._fit_columns()
        self.show_row(row)
        set_text(self._heading, rows_text(facts))

    def asked(self, request: LearnedRequest) -> LearnedRequest:
        first = max(self._table.rowAt(0), 0)
        last = self._table.rowAt(self._table.viewport().height() - 1)
        return request._replace(rows=(first, self._model.rowCount() if last < 0 else last + 1))

    def show_learned(self, learned: Learned) -> None:
        found = learned.content
        if not isinstance(found, Predictions) or self._facts is None:
            return
        self._model.show_predictions(found)
        shares = accuracy_text(found.accuracies, self._side, self._facts)
        set_text(self._heading, "   ".join(filter(None, (rows_text(self._facts), shares))))

    def show_row(self, row: int) -> None:
        if 0 <= row < self._model.rowCount() and row != self._table.currentIndex().row():
            self._follows = True
            self._table.selectRow(row)
            self._follows = False

    def _on_row(self, row: int) -> None:
        if not self._follows and row >= 0:
            self.row_chosen.emit(row)

    def set_theme(self, theme: Theme) -> None:
        self._model.set_theme(theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for other rows where there is room for more."""
        if event.type() == QEvent.Type.Resize:
            self.request_changed.emit()
        return super().eventFilter(watched, event)

    # --- looks ---------------------------------------------------------------------------------

    def _fit_columns(self) -> None:
        """Wide enough for any number, so that numbers that come and go move nothing."""
        digits, titles = QFontMetrics(fixed_font()), self.fontMetrics()
        for place, column in enumerate(self._model.columns):
            width = max(digits.horizontalAdvance(column.widest), titles.horizontalAdvance(column.title))
            self._table.horizontalHeader().resizeSection(place, width + PAD)
        longest = f"{MARK} {max(self._model.rowCount() - 1, 0)}"
        self._table.verticalHeader().setFixedWidth(titles.horizontalAdvance(longest) + PAD)
