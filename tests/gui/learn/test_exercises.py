"""An exercise in the real window: given out, hinted at, written wrong and right, kept, and the next one."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QListWidget, QPushButton, QWidget

from engine.server.server import serve
from gui.debug.source.source_view import SourceView
from gui.forms.own.own_use import CodeLine
from gui.learn.exercises.page import ExercisesPage
from gui.learn.exercises.rungs import is_solved, rungs
from tests.gui.windows import Desk, Key, Person, save_experiment

SIGMOID = next(rung for rung in rungs() if rung.key == "sigmoid")


@pytest.fixture
def person(desk: Desk, tmp_path: Path) -> Person:
    person = desk.start(serve, save_experiment(tmp_path / "tiny.json"))
    person.wait_for_state("Ready")
    return person


def page(person: Person) -> ExercisesPage:
    return person.find(ExercisesPage, "exercises_page")


def press(person: Person, name: str) -> None:
    person.click(person.find(QPushButton, name))


def written(person: Person, before: str, after: str) -> None:
    """Replace text in the source, key by key."""
    edit: SourceView = person.find(SourceView, "source")
    at = edit.document().find(before)
    assert not at.isNull(), before
    edit.setTextCursor(at)
    person.qtbot.keyClicks(edit, after)


def test_the_slope_of_a_sigmoid_is_written_wrong_then_right(person: Person) -> None:
    person.choose("Help", "Exercises")
    ladder = person.find(QListWidget, "exercises_list")
    assert ladder.hasFocus()
    assert ladder.count() == len(rungs())
    person.press(Key.Key_Return)
    person.wait(lambda: person.window.debugging.view.is_writing)
    source: SourceView = person.find(SourceView, "source")
    assert source.toPlainText() == SIGMOID.text
    assert source.textCursor().blockNumber() + 1 == SIGMOID.holes[0]
    assert person.text("exercise_verdict") == "Write what belongs where ... stands."
    written(person, "...", "1 - a")
    person.wait(lambda: person.text("exercise_verdict").startswith("mistake: "))
    assert ", line 9; torch" in person.text("exercise_verdict")
    for _ in range(3):
        press(person, "exercise_hint")
    assert person.text("exercise_said").split("\n\n")[1:] == ["∂a/∂z = a (1 − a)", "return a * (1 - a)"]
    assert not person.find(QPushButton, "exercise_hint").isEnabled()
    written(person, "1 - a", "a * (1 - a)")
    person.wait(lambda: person.text("exercise_verdict").startswith("✓ identical"))
    assert is_solved(SIGMOID)
    press(person, "exercise_next")
    assert person.text("exercise_title") == "The slope of identity"
    press(person, "exercise_leave")
    assert "✓" in ladder.item(0).text()
    assert ladder.currentRow() == 1


def test_what_was_written_is_kept_and_can_be_begun_anew(person: Person) -> None:
    person.choose("Help", "Exercises")
    person.press(Key.Key_Return)
    person.wait(lambda: person.window.debugging.view.is_writing)
    written(person, "...", "a * a")
    press(person, "exercise_leave")
    person.press(Key.Key_Return)
    source: SourceView = person.find(SourceView, "source")
    person.wait(lambda: "return a * a" in source.toPlainText())
    press(person, "exercise_anew")
    person.wait(lambda: source.toPlainText() == SIGMOID.text)


def test_another_experiment_is_told_and_nothing_else_is_judged(person: Person) -> None:
    person.choose("Help", "Exercises")
    person.press(Key.Key_Return)
    person.wait(lambda: person.window.debugging.view.is_writing)
    person.window.documents.show_default()
    page(person).refresh()
    assert person.text("exercise_verdict").startswith("The window shows another experiment now.")
    assert person.find(QWidget, "exercise_anew").isEnabled()


def test_the_code_is_named_in_the_form_in_colours_that_are_seen_in_the_dark(desk: Desk, person: Person) -> None:
    desk.themes.set_choice("dark")
    person.choose("Help", "Exercises")
    person.press(Key.Key_Return)
    line = next(line for line in person.window.findChildren(CodeLine) if line.isVisible())
    assert lightest(line) > lightest(person.find(QWidget, "lessons_page"), at=(0, 0)) + 100


def lightest(widget: QWidget, at: tuple[int, int] | None = None) -> int:
    """The lightest of its pixels, or one."""
    picture = widget.grab().toImage()
    places = [at] if at else [(x, y) for x in range(picture.width()) for y in range(picture.height())]
    return max(picture.pixelColor(*place).lightness() for place in places)
