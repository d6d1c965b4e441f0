"""What is open about a person's file, to be answered: which of its functions is meant, and what an argument is."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.protocol import Doubt, OwnChoice
from engine.spec import OwnCode
from gui.look.code_words import choice_text
from gui.look.naming import name_field

from .role_words import roles_of

NAME = "whichPartName"


class Question(QWidget):
    """Ask one thing: a title and a list of answers. ``answered`` carries the one that a person chose."""

    answered = Signal(str)

    def __init__(self, title: str, name: str, spoken: str):
        super().__init__()
        self._box = QComboBox()
        name_field(self._box, name, spoken)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(10)
        self._box.activated.connect(self._on_activated)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel(title))
        row.addWidget(self._box, 1)

    def show_answers(self, answers: Mapping[str, str], chosen: str | None, unanswered: str) -> None:
        """Offer the answers, by their words; ``unanswered`` stands there until one of them is ``chosen``."""
        box = self._box
        wanted = list(answers.items()) if chosen in answers else [("", unanswered), *answers.items()]
        if wanted != [(box.itemData(row), box.itemText(row)) for row in range(box.count())]:
            box.clear()
            for answer, words in wanted:
                box.addItem(words, answer)
        box.setCurrentIndex(max(box.findData(chosen), 0))

    def _on_activated(self, row: int) -> None:
        if answer := self._box.itemData(row):
            self.answered.emit(answer)


class WhichPart(QWidget):
    """Ask a question a row; hidden where nothing is open, and nothing was that could be answered otherwise.

    ``chosen`` carries the name of what is meant, ``told`` an argument's name and what it is. Arrow keys answer in
    passing, so a question that was answered stays, and what has the keyboard keeps it.
    """

    chosen = Signal(str)
    told = Signal(str, str)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("whichPart")
        self._questions: dict[str, Question] = {}  # by the argument, or NAME
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(4, 0, 2, 2)
        self._rows.setSpacing(2)
        self.hide()

    def ask(self, choices: Sequence[OwnChoice], code: OwnCode | None, kind: str, doubt: Doubt | None) -> None:
        """Ask which of the ``choices`` is meant, where there are several, and what is in doubt.

        ``code`` says what has been answered so far, None for nothing; ``kind``: of which it is.
        """
        name = None if code is None else code.name
        told = {} if code is None else dict(code.told)
        is_open = len(choices) > 1 or (name is not None and all(one.name != name for one in choices))
        arguments = dict.fromkeys((*told, *(doubt.arguments if doubt is not None else ())))
        self._keep([*([NAME] if is_open and choices else []), *arguments])
        if is_open and choices:
            self._ask_name(choices, name)
        for argument in arguments:
            self._ask_argument(argument, told.get(argument), kind if doubt is None else doubt.kind)
        self.setVisible(bool(self._questions))

    def _keep(self, keys: Iterable[str]) -> None:
        for key in self._questions.keys() - set(keys):
            gone = self._questions.pop(key)
            self._rows.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def _ask_name(self, choices: Sequence[OwnChoice], name: str | None) -> None:
        if NAME not in self._questions:
            spoken = self.tr("Which of the file’s parts is meant")
            self._add(NAME, Question(self.tr("Of several:"), NAME, spoken)).answered.connect(self.chosen)
        words = {one.name: choice_text(one) for one in choices}
        self._questions[NAME].show_answers(words, name, self.tr("Which is meant?"))

    def _ask_argument(self, argument: str, role: str | None, kind: str) -> None:
        if argument not in self._questions:
            title = self.tr("{argument} is").format(argument=argument)
            question = self._add(argument, Question(title, f"whichPart_{argument}", title))
            question.answered.connect(lambda answer: self.told.emit(argument, answer))
        self._questions[argument].show_answers(roles_of(kind), role, self.tr("What is it?"))

    def _add(self, key: str, question: Question) -> Question:
        self._questions[key] = question
        self._rows.addWidget(question)
        return question
