"""Plays a lesson: which step stands, which of its questions are answered, and whether it is done. No widgets."""

from PySide6.QtCore import QObject, Signal

from .condition import Facts
from .lesson import Lesson, Point, Question, Step


class Playing(QObject):
    """Lead through a lesson's steps.

    ``changed``: something else is to be said, or pointed at. ``began`` carries a step that was just begun, ``finished``
    tells that the last step is done and left.
    """

    changed = Signal()
    began = Signal(object)
    finished = Signal()

    def __init__(self, lesson: Lesson, parent: QObject | None = None):
        super().__init__(parent)
        self.lesson = lesson
        self.place = 0
        self.answered = 0  # questions of the step that are answered, or given up
        self.is_done = False
        self.point: Point | None = None

    @property
    def step(self) -> Step:
        return self.lesson.steps[self.place]

    @property
    def question(self) -> Question | None:
        """Return the question that is to be answered first; None where there is none any more."""
        return self.step.questions[self.answered] if self.answered < len(self.step.questions) else None

    @property
    def is_last(self) -> bool:
        return self.place == len(self.lesson.steps) - 1

    def stand_at(self, place: int, *, answered: int = 0, is_done: bool = False) -> None:
        """Begin a step."""
        self.place = place
        self.answered, self.is_done, self.point = answered, is_done, None
        self.began.emit(self.step)
        self.changed.emit()

    def look(self, facts: Facts) -> None:
        """Take what the window shows now. A step that is done stays so; questions come before what is to be done."""
        before = self.is_done, self.point
        step = self.step
        if self.question is None and not self.is_done:
            self.is_done = step.until is None or step.until.holds(facts)
        waits = self.question is None and not self.is_done
        self.point = next((one for one in step.points if one.when.holds(facts)), None) if waits else None
        if before != (self.is_done, self.point):
            self.changed.emit()

    def answer(self, number: float) -> bool:
        """Take an answer, and tell whether it is right; a wrong one leaves the question open."""
        is_right = self.question is not None and self.question.is_right(number)
        if is_right:
            self.go_past_question()
        return is_right

    def go_past_question(self) -> None:
        """Leave the question, answered or given up."""
        self.answered = min(self.answered + 1, len(self.step.questions))
        self.changed.emit()

    def go_on(self) -> None:
        """Go to the next step, whether this one is done or not; from the last, end."""
        if self.is_last:
            self.finished.emit()
        else:
            self.stand_at(self.place + 1)

    def go_back(self) -> None:
        if self.place:
            self.stand_at(self.place - 1)

    def put_into(self, lesson: Lesson) -> None:
        """Go on with the same lesson in another language."""
        self.lesson = lesson
        self.changed.emit()
