"""Which rows only test: none, a share drawn by a seed, or rows that were chosen in the grid."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.spec import ShareSplit, rows_for
from engine.spec.part import LARGEST_SEED

from .fields.fields import ChoiceBox, IntegerBox, name_field
from .fields.number_box import NumberBox
from .fields.numbers import number
from .fields.part import Path

SHARE = 0.25
KINDS = ("none", "share", "rows")
MOST_LISTED = 12  # row numbers that are told

translate = QCoreApplication.translate


def kind_title(kind: str) -> str:
    """Return what a person calls a way to keep rows for testing."""
    titles = {
        "none": translate("SplitForm", "none"),
        "share": translate("SplitForm", "a share, drawn"),
        "rows": translate("SplitForm", "rows chosen"),
    }
    return titles[kind]


class SplitForm(QWidget):
    """Edit ``data.test`` but for the rows chosen, which are the table's. Fields are made when they are first shown.

    ``edited``: a person changed something. ``rows_wanted``: the rows selected in the grid are to be the ones chosen.
    """

    edited = Signal()
    rows_wanted = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._kind = ChoiceBox(KINDS, kind_title, self)
        tip = self.tr("Rows that train nothing: their loss tells whether what was learned holds for other data")
        name_field(self._kind, "data_test", self.tr("Test rows"), tip)
        self._share: NumberBox | None = None
        self._seed: IntegerBox | None = None
        self._chosen: QLabel | None = None
        self._take: QPushButton | None = None
        self._lines: dict[str, QWidget] = {}
        self._raw: dict[str, Any] | None = None  # as it was told last: the same object until it is edited
        self.head = QHBoxLayout()
        self.head.setSpacing(4)
        label = QLabel(self.tr("Test rows"), self)
        label.setBuddy(self._kind)
        self.head.addWidget(label)
        self.head.addWidget(self._kind, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(self.head)
        self._kind.edited.connect(self._on_kind)

    @property
    def kind(self) -> str:
        return str(self._kind.value())

    def raw(self, chosen: Iterable[int]) -> dict[str, Any] | None:
        """Return ``data.test`` as in the experiment file, None where all rows train. ``chosen``: the table's rows."""
        found: dict[str, Any] | None = None
        if self.kind == "rows":
            found = {"rows": list(chosen)}
        elif self._share is not None and self._seed is not None and self.kind == "share":
            found = {"share": number(self._share.text()), "seed": self._seed.value()}
        if found != self._raw:
            self._raw = found
        return self._raw

    def set_raw(self, raw: Any) -> None:
        """Show what the experiment file says; ``edited`` is not emitted."""
        given = raw if isinstance(raw, dict) else None
        kind = "none" if given is None else "rows" if "rows" in given else "share"
        self._kind.set_value(kind)
        self._raw = None
        self._show_line()
        if kind == "share" and given is not None and self._share is not None and self._seed is not None:
            with QSignalBlocker(self._share):
                self._share.set_value(given.get("share", SHARE))
            self._seed.set_value(given.get("seed", 0))

    def rows(self, chosen: Iterable[int], count: int) -> frozenset[int]:
        """Return which of ``count`` rows test, counted from 0, as far as that is well."""
        if self.kind == "rows":
            return frozenset(chosen)
        raw = self.raw(()) or {}
        share, seed = raw.get("share"), raw.get("seed")
        if not (isinstance(share, float) and 0 < share < 1 and isinstance(seed, int) and 0 <= seed <= LARGEST_SEED):
            return frozenset()
        return frozenset(rows_for(ShareSplit(share=share, seed=seed), count, "test").tolist())

    def show_rows(self, tested: frozenset[int], count: int) -> None:
        """Say which rows test, as the grid numbers them, and how many."""
        text = translate("SplitForm", "{tested} of {count}").format(tested=f"{len(tested):,}", count=f"{count:,}")
        if self._chosen is not None and self.kind == "rows":
            told = ", ".join(str(row + 1) for row in sorted(tested)[:MOST_LISTED])
            more = ", …" if len(tested) > MOST_LISTED else ""
            self._chosen.setText(f"{text}: {told}{more}" if tested else text)
        self._kind.setToolTip(text) if self.kind == "share" else None

    def widget_at(self, path: Path) -> QWidget | None:
        """Return the field that a fault's path leads to, from ``data.test`` on."""
        match path:
            case ("seed", *_) if self._seed is not None and self.kind == "share":
                return self._seed
            case ("share", *_) if self._share is not None and self.kind == "share":
                return self._share
            case ("rows", *_) if self._take is not None and self.kind == "rows":
                return self._take
        return self._kind

    # --- within ------------------------------------------------------------------------------

    def _on_kind(self) -> None:
        self._show_line()
        self.edited.emit()

    def _show_line(self) -> None:
        """Show the fields of the way chosen; they are made when that is first done."""
        if self.kind not in self._lines and self.kind in KINDS[1:]:
            line = self._lines[self.kind] = QWidget(self)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(4)
            (self._add_share if self.kind == "share" else self._add_chosen)(row)
            self._column.addWidget(line)
        for kind, line in self._lines.items():
            line.setVisible(kind == self.kind)

    def _add_share(self, row: QHBoxLayout) -> None:
        share, seed = NumberBox(SHARE, lambda value: 0 < value < 1, self), IntegerBox(0, LARGEST_SEED, parent=self)
        self._share, self._seed = share, seed
        tip = self.tr("Which share of the rows tests: above 0, below 1. At least one row is left on each side.")
        name_field(share, "data_test_share", self.tr("Share of test rows"), tip)
        tip = self.tr("Which rows are drawn: a whole number from 0 to {last}").format(last=LARGEST_SEED)
        name_field(seed, "data_test_seed", self.tr("Seed of the test rows"), tip)
        share.set_value(SHARE)
        seed.set_value(0)
        for text, field in ((self.tr("Share"), share), (self.tr("Seed"), seed)):
            label = QLabel(text, self)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field, 1)
        QWidget.setTabOrder(self._kind, share)
        QWidget.setTabOrder(share, seed)
        share.textChanged.connect(lambda _: self.edited.emit())
        seed.edited.connect(self.edited)

    def _add_chosen(self, row: QHBoxLayout) -> None:
        self._chosen, self._take = QLabel(self), QPushButton(self.tr("Take selected"), self)
        self._chosen.setWordWrap(True)
        name_field(self._chosen, "data_test_rows", self.tr("Rows that test"))
        tip = self.tr("Make the rows that are selected in the grid the ones that test")
        name_field(self._take, "data_test_take", self.tr("Take the selected rows"), tip)
        row.addWidget(self._chosen, 1)
        row.addWidget(self._take)
        QWidget.setTabOrder(self._kind, self._take)
        self._take.clicked.connect(self.rows_wanted)
