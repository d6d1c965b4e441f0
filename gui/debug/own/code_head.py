"""The line above a person's own file: what it is called, what it is, and the ways to the textbook and to the step."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from engine.protocol import CodeVerdict
from gui.look.code_words import verdict_in_full, verdict_text
from gui.look.naming import name_field
from gui.look.notes import not_told
from gui.look.text_button import TextButton
from gui.look.theme import LIGHT, Theme

from .which_part import WhichPart

VERDICT_LINES = 3


class CodeHead(QWidget):
    """Show a file's name and verdict. ``line_wanted`` carries the line that the verdict is about, 0 for none.

    ``textbook_wanted``: whether the textbook is to be shown; ``step_wanted``: the step is; ``searched`` carries what is
    looked for, and 1 for the next, 0 for this one or the next.
    """

    line_wanted = Signal(int)
    textbook_wanted = Signal(bool)
    step_wanted = Signal()
    searched = Signal(str, int)
    search_left = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("codeHead")
        self._theme, self._line = LIGHT, 0
        self._file, self._verdict = QLabel(), TextButton(VERDICT_LINES)
        self.textbook, self.step = QToolButton(), QToolButton()
        self.which = WhichPart()
        self.search = QLineEdit()
        name_field(self._file, "codeFile", self.tr("The file that is written"))
        name_field(self._verdict, "codeVerdict", self.tr("What this code is"))
        self._textbook_tip = self.tr("The textbook’s own, beside what differs")
        name_field(self.textbook, "codeTextbook", self.tr("Textbook"), self._textbook_tip)
        name_field(self.step, "codeStep", self.tr("Back to the step"), self.tr("Leave the file for the step that ran"))
        name_field(self.search, "codeFind", self.tr("Find"))
        self._lay_out()
        self._verdict.clicked.connect(lambda: self.line_wanted.emit(self._line))
        self.textbook.toggled.connect(self.textbook_wanted)
        self.step.clicked.connect(self.step_wanted)
        self.search.textEdited.connect(lambda text: self.searched.emit(text, 0))
        self.search.returnPressed.connect(lambda: self.searched.emit(self.search.text(), 1))
        self.search.hide()

    def _lay_out(self) -> None:
        font = self._file.font()
        font.setBold(True)
        self._file.setFont(font)
        self.textbook.setText(self.tr("Textbook"))
        self.textbook.setCheckable(True)
        self.step.setText(self.tr("Step"))
        for button in (self.textbook, self.step):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.search.setPlaceholderText(self.tr("Find: Enter goes on, Esc ends"))
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 2, 0)
        row.setSpacing(4)
        row.addWidget(self._file)
        row.addStretch(1)
        row.addWidget(self.textbook)
        row.addWidget(self.step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 1)
        column.setSpacing(1)
        column.addLayout(row)
        column.addWidget(self._verdict)
        column.addWidget(self.which)
        column.addWidget(self.search)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._paint(True)

    def show_file(self, name: str, note: str = "", tip: str = "") -> None:
        """Show the name; ``note`` says what is to be known of how it is shown, ``tip`` in full."""
        self._file.setText(f"{name} {note}".strip())
        self._file.setToolTip(tip)

    def show_verdicts(self, found: Sequence[CodeVerdict], is_waiting: bool, note: str = "") -> None:
        """Show what the file is; the worst first where it stands in several places. ``note`` stands before all."""
        ordered = sorted(found, key=lambda one: one.is_right)
        words = [verdict_text(one) for one in ordered[:1]]
        words += [self.tr("and {count} more").format(count=len(ordered) - 1)] if len(ordered) > 1 else []
        text = note or (" ".join(words) if words else "")
        if is_waiting and not note:
            text = self.tr("{words} – checking…").format(words=text) if text else self.tr("checking…")
        self._line = ordered[0].line or 0 if ordered else 0
        full = _escaped("\n\n".join(map(verdict_in_full, ordered))).replace("\n", "<br>")
        self._verdict.say(text, f"<p>{full}" if ordered else "")
        self._paint(not note and (not ordered or ordered[0].is_right))

    def _paint(self, is_right: bool) -> None:
        self._verdict.set_color(self._theme.text if is_right else self._theme.error)

    def offer_textbook(self, is_offered: bool) -> None:
        """Offer the way to the textbook; not while somebody is to find out where that has it otherwise."""
        if not is_offered:
            self.textbook.setChecked(False)
        self.textbook.setEnabled(is_offered)
        self.textbook.setToolTip(self._textbook_tip if is_offered else not_told())

    def start_search(self) -> None:
        self.search.show()
        self.search.setFocus()
        self.search.selectAll()

    def end_search(self) -> None:
        self.search.hide()

    def minimumSizeHint(self) -> QSize:
        return QSize(200, super().minimumSizeHint().height())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
