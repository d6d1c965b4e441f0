"""A lesson's step on the panel: what is to be read, what is asked, and the way on."""

from math import ceil

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gui.look.naming import name_field
from gui.look.own_sheets import mute

from ..named_button import NamedButton
from ..parts import column_in, row_of, text_label
from .lesson import Question, read_number
from .playing import Playing

TERM = "term:"  # before a glossary term's key, in a link
SCROLLING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
WRONG_BEFORE_HELP = 2  # answers after which the right one may be seen


class LessonText(QTextBrowser):
    """Show a text at its full height: what it stands in scrolls, by its keys too."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.updateGeometry())

    def sizeHint(self) -> QSize:
        return QSize(160, ceil(self.document().size().height()) + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in SCROLLING and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)


class QuestionBox(QFrame):
    """Ask one question. ``answered`` carries a number; ``given_up``: the answer is wanted; ``told``: it says more."""

    told = Signal()
    answered = Signal(float)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("lesson_question")
        self._question: Question | None = None
        self._wrong = 0
        self._text, self.said = text_label("lesson_ask"), text_label("lesson_said")
        self.field = QLineEdit()
        name_field(self.field, "lesson_answer", self.tr("Your answer"), self.tr("A number: 0.5, 0,5, 1/2, -3e-2"))
        self.field.setPlaceholderText(self.tr("Your prediction"))
        self._check = NamedButton("lesson_check", self.tr("Check"))
        self._tell = NamedButton("lesson_tell", self.tr("Tell me"))
        self.field.returnPressed.connect(self._take)
        self._check.clicked.connect(self._take)
        self._tell.clicked.connect(self.given_up)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self._check)
        row.addWidget(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(self._text)
        column.addLayout(row)
        column.addWidget(self.said)

    def show_question(self, question: Question | None, said: str) -> None:
        """Show a question, or what was said of the one before alone."""
        if question is not self._question:
            self._question, self._wrong = question, 0
            self.field.clear()
        self._text.setText(question.text if question is not None else "")
        for part in (self._text, self.field, self._check):
            part.setVisible(question is not None)
        self._tell.setVisible(question is not None and self._wrong >= WRONG_BEFORE_HELP)
        self._say(said)
        self.setVisible(question is not None or bool(said))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.told.emit()

    def _take(self) -> None:
        """Take what was typed; what is no number, or is wrong, stays in the field."""
        question = self._question
        if question is None:
            return
        number = read_number(self.field.text())
        if number is None:
            self._say(self.tr("That is no number; write it as 0.5, 1/2 or -3e-2."))
        elif question.is_right(number):
            self.answered.emit(number)
        else:
            self._wrong += 1
            self._tell.setVisible(self._wrong >= WRONG_BEFORE_HELP)
            self._say(" ".join(filter(None, (self.tr("Not yet."), question.hint))))
            self.field.selectAll()


class LessonPlayer(QWidget):
    """Show the step that a lesson stands at.

    ``left``: the list of lessons is wanted; ``shown``: what is pointed at is to be used for the person; ``term_wanted``
    carries a term of the glossary.
    """

    left = Signal()
    shown = Signal()
    term_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("lesson_player")
        self._playing: Playing | None = None
        self._said = ""
        self._leave = NamedButton("lesson_leave", self.tr("Lessons"))
        self._place, self._title = QLabel(), text_label("lesson_title", is_title=True)
        self._text, self._seen = LessonText(), text_label("lesson_seen")
        self.question = QuestionBox()
        self._back = NamedButton("lesson_back", self.tr("Back"))
        self._show = NamedButton("lesson_show", self.tr("Show me"))
        self._next = NamedButton("lesson_next", self.tr("Next"))
        self._prepare()
        self._lay_out()
        self._leave.clicked.connect(self.left)
        self._show.clicked.connect(self.shown)
        self._back.clicked.connect(lambda: self._playing and self._playing.go_back())
        self._next.clicked.connect(lambda: self._playing and self._playing.go_on())
        self.question.answered.connect(self._on_answered)
        self.question.given_up.connect(self._on_given_up)
        self.question.told.connect(lambda: QTimer.singleShot(0, self, self._show_told))
        self._text.anchorClicked.connect(self._follow)

    def _prepare(self) -> None:
        mute(self._place)
        name_field(self._text, "lesson_text", self.tr("The lesson’s text"))
        self._text.setOpenLinks(False)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._show.setToolTip(self.tr("Do it for me"))

    def _lay_out(self) -> None:
        column = column_in(self)
        column.addLayout(row_of(self._leave, self._place, has_room=True))
        column.addWidget(self._title)
        column.addWidget(self._scrolled(), 1)
        column.addLayout(row_of(self._back, self._show, self._next))
        self.setFocusProxy(self._text)

    def _scrolled(self) -> QScrollArea:
        """Return text, question and what was seen, which scroll together where the panel is low."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text, 1)
        column.addWidget(self.question)
        column.addWidget(self._seen)
        self._area = area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        return area

    def _show_told(self) -> None:
        """Scroll to what was said of an answer, or to what was seen; a step begins at its top."""
        told = next((part for part in (self._seen, self.question.said) if part.isVisible()), None)
        if told is not None:
            self._area.ensureWidgetVisible(told)

    def play(self, playing: Playing) -> None:
        """Show a lesson that is played."""
        self._playing = playing
        self._text.setSearchPaths([str(playing.lesson.folder)])
        playing.began.connect(lambda _: self._forget_said())
        playing.changed.connect(self.refresh)
        self.refresh()

    def _forget_said(self) -> None:
        self._said = ""
        self._area.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Show what stands now."""
        playing = self._playing
        if playing is None:
            return
        step, count = playing.step, len(playing.lesson.steps)
        self._place.setText(self.tr("{place} of {count}").format(place=playing.place + 1, count=count))
        self._title.setText(f"✓ {step.title}" if playing.is_done else step.title)
        if self._text.property("shown") != step.text:
            self._text.setProperty("shown", step.text)
            self._text.setMarkdown(step.text)
        self.question.show_question(playing.question, self._said)
        self._seen.setText(step.seen)
        self._seen.setVisible(bool(step.seen) and playing.is_done)
        self._back.setEnabled(playing.place > 0)
        self._show.setVisible(playing.point is not None)
        on = self.tr("Next") if playing.is_done else self.tr("Skip")
        self._next.setText(self.tr("End") if playing.is_last else on)
        self._next.setDefault(playing.is_done)

    def _on_answered(self, number: float) -> None:
        self._leave_question(self.tr("Right."), number)

    def _on_given_up(self) -> None:
        question = self._playing.question if self._playing is not None else None
        if question is not None:
            self._leave_question(self.tr("It is {answer:g}.").format(answer=question.answer), question.answer)

    def _leave_question(self, said: str, number: float) -> None:
        playing = self._playing
        if playing is not None and playing.question is not None:
            self._said = " ".join(filter(None, (said, playing.question.because)))
            playing.answer(number)
            (self.question.field if playing.question is not None else self._next).setFocus()

    def _follow(self, link: QUrl) -> None:
        if link.toString().startswith(TERM):
            self.term_wanted.emit(link.toString().removeprefix(TERM))
