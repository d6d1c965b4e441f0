"""The page of exercises: the ladder's rungs, and the one at hand, written in the debugger's source."""

from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from engine.protocol import CodeVerdict
from gui.files.agreed_code import remember
from gui.look.code_words import verdict_text
from gui.look.naming import call
from gui.look.theme import Theme

from ..named_button import NamedButton
from ..page import Around, LearnPage
from ..parts import column_in, row_of, text_label
from ..shelved import ShelvedPage
from .experiment import apart, experiment_of
from .ladder import Ladder
from .rungs import Rung, in_words, keep_solved, keep_text, kept_text, rungs

HINTS = 3  # degrees: a thought, the formula, the line
WRITTEN = "..."  # where something is still to be written


class KeptExercise(NamedTuple):
    """Hold which rung is at hand, and how many hints were given."""

    key: str
    hints: int


class ExercisesPage(ShelvedPage):
    """Give out rungs, and say what becomes of them."""

    name = "exercises"

    def __init__(self, around: Around, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("exercises_page")
        self._around = around
        self.rung: Rung | None = None
        self._hints = 0
        self._is_joined = False
        self._list = Ladder()
        self._title = text_label("exercise_title", is_title=True, is_plain=True)
        self._task = text_label("exercise_task", is_plain=True)
        self._said = text_label("exercise_said", is_plain=True)
        self._told = text_label("exercise_verdict")
        call(self._told, self.tr("What this code is"))
        self._leave = NamedButton("exercise_leave", self.tr("Exercises"))
        self._hint = NamedButton("exercise_hint", self.tr("Hint"))
        self._line = NamedButton("exercise_line", self.tr("To the line"))
        self._anew = NamedButton("exercise_anew", self.tr("Begin anew"))
        self._next = NamedButton("exercise_next", self.tr("Next"))
        self._lay_out()
        self._list.fill()
        self._list.chosen.connect(self.begin)
        self._leave.clicked.connect(self.leave)
        self._hint.clicked.connect(self._give_hint)
        self._line.clicked.connect(self._go_to_line)
        self._anew.clicked.connect(self._begin_anew)
        self._next.clicked.connect(self._go_on)

    @property
    def title(self) -> str:
        return self.tr("Exercises")

    @property
    def tip(self) -> str:
        return self.tr("Write a line of backpropagation or of an optimizer yourself, from a sigmoid’s slope to Adam")

    def _lay_out(self) -> None:
        self._at_hand = at_hand = QWidget()
        column = column_in(at_hand)
        column.addLayout(row_of(self._leave, has_room=True))
        for part in (self._title, self._task):
            column.addWidget(part)
        column.addLayout(row_of(self._line, self._hint))
        column.addWidget(self._said)
        column.addWidget(self._told)
        column.addStretch(1)
        column.addLayout(row_of(self._anew, self._next))
        at_hand.setFocusProxy(self._line)
        shelf = QWidget()
        column_in(shelf).addWidget(self._list)
        shelf.setFocusProxy(self._list)
        self._put_in(shelf, at_hand)

    # --- which rung ------------------------------------------------------------------------------

    def begin(self, rung: Rung, *, anew: bool = False) -> None:
        """Give a rung out: the window has an experiment with it, and its code is shown where it is to be written."""
        text = rung.text if anew else kept_text(rung) or rung.text
        self._around.lead()
        remember([text])
        self._around.form.code_door.apart = apart(rung)
        if not self._around.show_experiment(experiment_of(rung, text)):
            return
        if anew:
            keep_text(rung, None)
        self._take(rung)
        QTimer.singleShot(0, self, self._go_to_line)

    def _take(self, rung: Rung, hints: int = 0) -> None:
        self.rung, self._hints = rung, hints
        self._join()
        self._title.setText(in_words(rung.title))
        self._task.setText(in_words(rung.task))
        self._show_part(self._at_hand)
        self.refresh()

    def _join(self) -> None:
        if not self._is_joined:
            self._is_joined = True
            door = self._around.form.code_door
            door.judged.connect(lambda _: self.refresh())
            door.edited.connect(self._on_edited)

    def leave(self) -> None:
        """Show the ladder again."""
        last, self.rung = self.rung, None
        self._list.fill(last)
        self._show_shelf()
        self.setFocus()

    def _begin_anew(self) -> None:
        if self.rung is not None:
            self.begin(self.rung, anew=True)

    def _go_on(self) -> None:
        if self.rung is not None:
            following = [*rungs(), None][rungs().index(self.rung) + 1]
            self.leave() if following is None else self.begin(following)

    # --- the rung at hand ------------------------------------------------------------------------

    @property
    def _text(self) -> str | None:
        """Return the rung's code as it is written now; None where the window has another experiment."""
        door = self._around.form.code_door
        return door.text(self.rung.file) if self.rung is not None and self.rung.file in door.names else None

    @property
    def verdict(self) -> CodeVerdict | None:
        """Return what the code is, the worst where it stands in several places; None while that is not known."""
        if self.rung is None or self._text is None:
            return None
        found = self._around.form.code_door.verdicts_of(self.rung.file)
        worst = min(found, key=lambda one: one.is_right, default=None)
        return worst and worst._replace(line=self.rung.line_of(worst.line, self._text))

    @property
    def is_right(self) -> bool:
        """Tell whether the rung is written, and right."""
        text, verdict = self._text, self.verdict
        return verdict is not None and verdict.is_right and text is not None and not _has_hole(text)

    def _on_edited(self) -> None:
        text = self._text
        if self.rung is not None and text is not None and text != self.rung.text:
            keep_text(self.rung, text)
        self.refresh()

    def refresh(self) -> None:
        """Say how the rung stands."""
        rung, text = self.rung, self._text
        if rung is None:
            return
        self._said.setText("\n\n".join(self._given(rung)))
        self._hint.setEnabled(self._hints < HINTS)
        self._next.setText(self.tr("Next") if self.is_right else self.tr("Skip"))
        if text is None:
            self._tell(self.tr("The window shows another experiment now. “Begin anew” has the exercise again."))
        elif _has_hole(text):
            self._tell(self.tr("Write what belongs where ... stands."))
        elif self.verdict is None:
            self._tell(self.tr("checking…"))
        elif self.is_right:
            keep_solved(rung)
            self._tell("✓ " + verdict_text(self.verdict), self.theme.text)
        else:
            self._tell(verdict_text(self.verdict), self.theme.error)

    def _tell(self, text: str, color: str = "") -> None:
        self._told.setText(text)
        self._told.setStyleSheet(f"color: {color};" if color else "")

    def _given(self, rung: Rung) -> list[str]:
        """Return the hints that were asked for."""
        return [in_words(rung.hint), rung.formula, rung.missing][: self._hints]

    def _give_hint(self) -> None:
        self._hints = min(self._hints + 1, HINTS)
        self.refresh()

    def _go_to_line(self) -> None:
        """Show the line that the verdict is about, or the first that is to be written."""
        if self.rung is not None and self._text is not None:
            line = None if self.verdict is None or self.is_right else self.verdict.line
            self._around.show_code(self.rung.file, line or self.rung.holes[0])

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.refresh()

    # --- made once more --------------------------------------------------------------------------

    def kept(self) -> KeptExercise | None:
        return None if self.rung is None else KeptExercise(self.rung.key, self._hints)

    def put_back(self, kept: KeptExercise | None) -> None:
        """Go on with the rung where another page stood."""
        if kept is not None:
            rung = next(rung for rung in rungs() if rung.key == kept.key)
            self._around.form.code_door.apart = apart(rung)
            self._take(rung, kept.hints)


def _has_hole(text: str) -> bool:
    return any(line.rstrip().endswith(WRITTEN) for line in text.splitlines())


def make_page(around: Around) -> LearnPage:
    return ExercisesPage(around)
