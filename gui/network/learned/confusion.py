"""The page of confusion: how often which class is taken for which, of the rows that train or of those that test."""

from typing import Any

import numpy as np
from numpy import ndarray as Array
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engine.protocol import Confusion, Learned, LearnedRequest, Side
from gui.look.naming import name_field
from gui.look.notes import named
from gui.look.numbers import with_minus
from gui.look.own_sheets import mute
from gui.look.text_size import fixed_font
from gui.look.theme import LIGHT, Theme
from gui.views.loss.values import set_text

from .facts import Facts
from .legend import LONGEST_NAME
from .page import LearnedPage
from .words import accuracy_text, translate

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
TINT = 0.6  # how much of its colour a cell has that all rows of a class are in
PAD = 14  # pixels of a cell beside its text


class ConfusionModel(QAbstractTableModel):
    """Hold the counts: true classes from above, answered ones from the left. A difference is DIY's less torch's."""

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._classes, self._theme = 0, LIGHT
        self._facts: Facts | None = None
        self._counts: Array | None = None
        self._shares: Array | None = None
        self._font: QFont = fixed_font()

    def set_facts(self, facts: Facts) -> None:
        self.beginResetModel()
        self._facts, self._classes, self._counts = facts, facts.classes, None
        self.endResetModel()

    def show_counts(self, counts: tuple[Array, ...] | None) -> None:
        """Show a lane's counts, two lanes' difference, or nothing."""
        shown = None if counts is None else counts[0] if len(counts) == 1 else counts[0] - counts[1]
        if shown is not None and shown.shape == (self._classes, self._classes):
            self._counts = shown
            self._shares = np.abs(shown) / np.maximum(np.abs(shown).sum(axis=1, keepdims=True), 1)
        else:
            self._counts = None
        if self._classes:
            self.dataChanged.emit(self.index(0, 0), self.index(self._classes - 1, self._classes - 1))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    # --- what Qt asks --------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else self._classes

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else self._classes

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        down = orientation == Qt.Orientation.Vertical
        if role == Role.DisplayRole:
            name = self._name(section)
            named = name if name != str(section) else translate("learned", "class {number}").format(number=section)
            return named if down else f"→ {name}"
        if role == Role.ToolTipRole:
            text = (
                translate("learned", "The rows of class {number}") if down else translate("learned", "Answer {number}")
            )
            return text.format(number=self._name(section))
        return None

    def _name(self, number: int) -> str:
        return str(number) if self._facts is None else self._facts.class_name(number)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or self._counts is None or self._shares is None:
            return "…" if role == Role.DisplayRole and index.isValid() else None
        row, column = index.row(), index.column()
        count, is_right = int(self._counts[row, column]), row == column
        match role:
            case Role.DisplayRole:
                return with_minus(f"{count:,}")
            case Role.ToolTipRole | Role.AccessibleTextRole:
                text = translate("learned", "Class {true}, answered with {answer}: {count}")
                return text.format(count=with_minus(f"{count:,}"), true=self._name(row), answer=self._name(column))
            case Role.FontRole:
                return self._font
            case Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            case Role.BackgroundRole if count:
                tint = QColor(self._theme.accent if is_right else self._theme.warning)
                tint.setAlphaF(0.1 + (TINT - 0.1) * float(self._shares[row, column]))
                return QBrush(tint)
        return None


class ConfusionPage(LearnedPage):
    """Show the counts as a table, and the accuracy above it."""

    def __init__(self) -> None:
        super().__init__()
        self._facts: Facts | None = None
        self._side: Side = "diy"
        self._model = ConfusionModel(self)
        self._heading = named(QLabel(), "confusion_heading")
        self._heading.setWordWrap(True)
        self._use = QComboBox()
        self._use.addItem(self.tr("Rows that train"), "training")
        self._use.addItem(self.tr("Rows that test"), "test")
        name_field(self._use, "confusion_use", self.tr("Rows"), self.tr("Which rows are counted"))
        self._use.currentIndexChanged.connect(self._on_use)
        self._table = QTableView()
        self._set_up()
        above = QHBoxLayout()
        above.addWidget(self._heading, 1)
        above.addWidget(self._use)
        about = QLabel(self.tr("Down: the class that the data say. Across: the class that is answered."))
        about.setWordWrap(True)
        mute(about)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(above)
        layout.addWidget(self._table, 1)
        layout.addWidget(about)
        self.setFocusProxy(self._table)

    def _set_up(self) -> None:
        table = self._table
        name_field(table, "confusion_table", self.tr("True classes down, answered classes across"), "")
        table.setModel(self._model)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        for header in (table.horizontalHeader(), table.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)

    # --- what the panel calls ------------------------------------------------------------------

    def key_stops(self) -> list[QWidget]:
        return [self._use, self._table]

    def set_facts(self, facts: Facts, side: Side) -> None:
        self._facts, self._side = facts, side
        self._use.setVisible(facts.has_test)
        self._model.set_facts(facts)
        self._fit_columns()
        set_text(self._heading, "")

    def asked(self, request: LearnedRequest) -> LearnedRequest:
        has_test = self._facts is not None and self._facts.has_test
        return request._replace(use=self._use.currentData() if has_test else "training")

    def show_learned(self, learned: Learned) -> None:
        found = learned.content
        if isinstance(found, Confusion) and self._facts is not None:
            self._model.show_counts(found.counts)
            set_text(self._heading, accuracy_text(found.accuracies, self._side, self._facts))

    def set_theme(self, theme: Theme) -> None:
        self._model.set_theme(theme)

    def _on_use(self) -> None:
        self._model.show_counts(None)
        self.request_changed.emit()

    def _fit_columns(self) -> None:
        """Wide enough for the largest count that there can be."""
        rows = len(self._facts.x) if self._facts is not None else 0
        names = self._facts.names if self._facts is not None else ()
        longest = max((name[:LONGEST_NAME] for name in names), key=len, default="")
        widest = max(f"−{rows:,}", f"→ {self._model.columnCount()}", f"→ {longest}", key=len)
        width = QFontMetrics(fixed_font()).horizontalAdvance(widest) + PAD
        self._table.horizontalHeader().setDefaultSectionSize(max(width, 48))
