"""Our lessons as a learner plays them, in the real window with both sides: every question, every step, to the end."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from engine.server.server import serve
from gui.learn.lessons.page import LessonsPage
from gui.learn.lessons.playing import Playing
from gui.learn.lessons.shelf import FOLDER, ORDER
from tests.gui.windows import Desk, Key, Person, save_experiment

MOST = 400  # times that a step may be helped along


@pytest.fixture
def person(desk: Desk, tmp_path: Path) -> Person:
    person = desk.start(serve, save_experiment(tmp_path / "tiny.json"))
    person.wait_for_state("Ready")
    return person


def answer_all(person: Person, playing: Playing) -> None:
    """Answer wrong first, which is not taken, then right."""
    while (question := playing.question) is not None:
        person.type_into("lesson_answer", str(question.answer + 10 * question.within + 1))
        person.press(Key.Key_Return)
        assert playing.question is question
        person.type_into("lesson_answer", repr(question.answer))
        person.press(Key.Key_Return)
        assert playing.question is not question, question.text


def do_what_is_asked(person: Person, playing: Playing) -> None:
    """Have each thing that is pointed at be done, until the step is done."""
    show, step = person.find(QPushButton, "lesson_show"), playing.step
    for _ in range(MOST):
        point = playing.point
        person.wait(lambda point=point: playing.is_done or show.isVisible() or playing.point is not point)
        if playing.is_done:
            return
        if show.isVisible():
            person.click(show)
        person.qtbot.wait(50)
    raise AssertionError(f"never done: {step.title}, {step.until}")


@pytest.mark.parametrize("name", ORDER.read_text(encoding="utf-8").split())
def test_a_lesson_is_played_to_its_end(person: Person, name: str) -> None:
    person.window.session.set_rate(None)
    person.window.learning.open_lesson(FOLDER / name)
    page = person.find(LessonsPage, "lessons_page")
    playing = page.playing
    assert playing is not None
    for place in range(len(playing.lesson.steps)):
        assert playing.place == place
        answer_all(person, playing)
        do_what_is_asked(person, playing)
        assert person.find(QLabel, "lesson_title").text().startswith("✓")
        person.click(person.find(QPushButton, "lesson_next"))
    person.wait(lambda: page.playing is None)
