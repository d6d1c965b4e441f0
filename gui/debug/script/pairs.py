"""The pairs of a script: each own value beside torch's, what became of it, and the guesses to confirm or to drop."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.protocol import Verified
from gui.look.naming import name_field
from gui.look.notes import named
from gui.look.own_sheets import mute
from gui.look.theme import LIGHT, Theme

from . import words

MOST_LINES = 10  # of a traceback
SEEN = 200  # rows that say how wide a column is to be
VERDICT, PLACE, OWN, TORCH = range(4)


class PairsPage(QWidget):
    """List the pairs. ``chosen`` carries a pair's number, ``paired`` own and torch's value, ``dropped`` an own one.

    ``values_wanted``: a pair's number, whose values are to be seen as maps.
    """

    chosen = Signal(int)
    values_wanted = Signal(int)
    paired = Signal(str, str)
    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("pairsPage")
        self._theme = LIGHT
        self._verified: Verified | None = None
        self._table = named(QTableWidget(0, 4), "pairs", self.tr("Pairs"))
        self._details, self._found, self._remarks = QLabel(), QLabel(), QLabel()
        self._confirm, self._drop = QPushButton(self.tr("It is meant")), QPushButton(self.tr("Not a pair"))
        self._own, self._torch = QLineEdit(), QLineEdit()
        self._pair = QPushButton(self.tr("Pair"))
        self._telling = QWidget()  # the fields of a pair
        self._build()

    def _build(self) -> None:
        table = self._table
        table.setHorizontalHeaderLabels([self.tr("Verdict"), self.tr("Where"), self.tr("Yours"), self.tr("torch's")])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 6)
        header = table.horizontalHeader()
        header.setResizeContentsPrecision(SEEN)  # else each cell that is set has all of them looked at
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.currentCellChanged.connect(lambda row, *_: self._on_row(row))
        table.cellClicked.connect(lambda row, _: self.chosen.emit(row))
        table.cellActivated.connect(lambda row, _: self.values_wanted.emit(row))
        name_field(self._details, "pairDetails", self.tr("About the pair"))
        name_field(self._found, "pairFound", self.tr("How the pair was found"))
        name_field(self._remarks, "scriptRemarks", self.tr("Remarks"))
        for label in (self._details, self._found, self._remarks):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self._found, self._remarks):
            mute(label)
        named(self._confirm, "pairConfirm").clicked.connect(self._on_confirm)
        named(self._drop, "pairDrop").clicked.connect(self._on_drop)
        name_field(self._own, "pairOwn", self.tr("Your value"), self.tr("A name of yours: dW, grads['W1']"))
        name_field(self._torch, "pairTorch", self.tr("torch's value"), self.tr("A name of torch's: W.grad, logits"))
        self._own.setPlaceholderText(self.tr("yours: dW"))
        self._torch.setPlaceholderText(self.tr("torch's: W.grad"))
        named(self._pair, "pairAdd").clicked.connect(self._on_pair)
        self._pair.setToolTip(self.tr("Pair the two, and run it again"))
        for field in (self._own, self._torch):
            field.returnPressed.connect(self._on_pair)
            field.textChanged.connect(self._allow_pair)
        self._allow_pair()
        self._lay_out()

    def _lay_out(self) -> None:
        guess, pair = QHBoxLayout(), QHBoxLayout(self._telling)
        pair.setContentsMargins(0, 0, 0, 0)
        guess.addWidget(self._found, 1)
        for button in (self._confirm, self._drop):
            guess.addWidget(button)
        for widget, share in ((self._own, 1), (QLabel("="), 0), (self._torch, 1), (self._pair, 0)):
            pair.addWidget(widget, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(3)
        layout.addWidget(self._table, 100)
        layout.addWidget(self._details)
        layout.addLayout(guess)
        layout.addWidget(self._remarks)
        layout.addWidget(self._telling)
        layout.addStretch()

    @property
    def pair(self) -> words.Pair | None:
        """Return the pair that is chosen."""
        row, pairs = self._table.currentRow(), self._pairs
        return pairs[row] if 0 <= row < len(pairs) else None

    @property
    def row(self) -> int:
        return self._table.currentRow()

    @property
    def _pairs(self) -> list[words.Pair]:
        return [] if self._verified is None or self._verified.record is None else self._verified.record["pairs"]

    def show_pairs(self, verified: Verified | None) -> None:
        """Fill the list; what departs first by itself is chosen, or the pair that was."""
        before = self.pair
        self._verified = verified
        self.setEnabled(verified is not None)  # a pair is run with, which has to be agreed to first
        self._table.blockSignals(True)
        self._table.setRowCount(len(self._pairs))
        for row, pair in enumerate(self._pairs):
            self._fill(row, pair)
        self._table.resizeColumnsToContents()
        self._table.setCurrentCell(self._first_row(before), VERDICT)
        self._table.blockSignals(False)
        self._say_remarks()
        is_script = verified is None or words.is_script(verified)
        for part in (self._table, self._telling):
            part.setVisible(is_script)
        self._on_row(self._table.currentRow())
        if verified is not None and not is_script:
            self._details.setText("<br>".join(escape(one, quote=False) for one in words.own_code_details(verified)))
            self._details.show()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row, pair in enumerate(self._pairs):
            self._fill(row, pair)

    def _first_row(self, before: words.Pair | None) -> int:
        departed = [row for row, pair in enumerate(self._pairs) if pair["verdict"] == "different"]
        same = [row for row, pair in enumerate(self._pairs) if before and pair["own"] == before["own"]]
        return (departed or same or [0])[0] if self._pairs else -1

    def _fill(self, row: int, pair: words.Pair) -> None:
        verified = self._verified
        assert verified is not None
        where = words.place_text(verified.text, pair["line"])
        guess = "? " if pair["found_by"] == "value" else ""
        texts = (words.verdict_text(pair), where, pair["own"], guess + pair["reference"])
        tips = {VERDICT: words.verdict_tip(pair), TORCH: words.found_text(pair)}
        colors = {"different": self._theme.error, "rounding": self._theme.ok, "identical": self._theme.ok}
        follows = bool(pair.get("follows"))
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(tips.get(column, text))
            if column == VERDICT:
                item.setForeground(QColor(self._theme.muted if follows else colors[pair["verdict"]]))
            self._table.setItem(row, column, item)

    def _say_remarks(self) -> None:
        verified = self._verified
        told = [] if verified is None else [words.remark_text(verified, *one) for one in verified.remarks]
        trace = "" if verified is None else "\n".join(verified.shown.rstrip().split("\n")[:MOST_LINES])
        shown = f"<pre>{escape(trace, quote=False)}</pre>" if trace else ""
        self._remarks.setText("<br>".join(escape(one, quote=False) for one in told) + shown)
        self._remarks.setVisible(bool(told or shown))

    # --- what a person does ------------------------------------------------------------------

    def _on_row(self, row: int) -> None:
        pair = self.pair
        is_guess = pair is not None and pair["found_by"] == "value"
        for button in (self._confirm, self._drop):
            button.setVisible(is_guess)
        self._details.setVisible(pair is not None)
        self._found.setVisible(pair is not None)
        if pair is not None:
            self._details.setText("<br>".join(escape(told, quote=False) for told in words.details(pair)))
            self._found.setText(escape(words.found_text(pair), quote=False))
            self.chosen.emit(row)

    def _on_confirm(self) -> None:
        if (pair := self.pair) is not None:
            self.paired.emit(pair["own"], pair["reference"])

    def _on_drop(self) -> None:
        if (pair := self.pair) is not None:
            self.dropped.emit(pair["own"])

    def _allow_pair(self) -> None:
        self._pair.setEnabled(bool(self._own.text().strip() and self._torch.text().strip()))

    def _on_pair(self) -> None:
        if self._pair.isEnabled():
            self.paired.emit(self._own.text().strip(), self._torch.text().strip())
            self._own.clear()
            self._torch.clear()
