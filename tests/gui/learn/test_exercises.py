"""An exercise in the real window: given out, hinted at, written wrong and right, kept, and the next one."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from engine.server.server import serve
from gui.debug.source.source_view import SourceView
from gui.forms.own.own_use import CodeLine
from gui.learn.exercises.ladder import Ladder
from gui.learn.exercises.page import ExercisesPage
from gui.learn.exercises.rungs import chapters, is_solved, keep_solved, rungs
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


def begin_second(person: Person) -> Ladder:
    """The ladder's second rung, by keys: the slope of a sigmoid."""
    person.choose("Help", "Exercises")
    ladder: Ladder = person.find(Ladder, "exercises_list")
    assert ladder.hasFocus()
    person.press(Key.Key_Down)
    person.press(Key.Key_Return)
    return ladder


def written(person: Person, before: str, after: str) -> None:
    """Replace text in the source, key by key."""
    edit: SourceView = person.find(SourceView, "source")
    at = edit.document().find(before)
    assert not at.isNull(), before
    edit.setTextCursor(at)
    person.qtbot.keyClicks(edit, after)


def test_the_slope_of_a_sigmoid_is_written_wrong_then_right(person: Person) -> None:
    ladder = begin_second(person)
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
    assert person.text("exercise_title") == "Slope of identity"
    press(person, "exercise_leave")
    first = ladder.topLevelItem(0)
    assert first.text(0) == "A first network: 1 of 18"
    assert first.child(1).text(0) == "2. ✓ Slope of sigmoid"
    assert ladder.currentItem().text(0) == "3. Slope of identity"


def test_what_was_written_is_kept_and_can_be_begun_anew(person: Person) -> None:
    begin_second(person)
    person.wait(lambda: person.window.debugging.view.is_writing)
    written(person, "...", "a * a")
    press(person, "exercise_leave")
    person.press(Key.Key_Return)
    source: SourceView = person.find(SourceView, "source")
    person.wait(lambda: "return a * a" in source.toPlainText())
    press(person, "exercise_anew")
    person.wait(lambda: source.toPlainText() == SIGMOID.text)


def test_the_ladder_opens_where_it_is_to_be_gone_on_with(person: Person) -> None:
    for rung in chapters()[0].rungs:
        keep_solved(rung)
    person.choose("Help", "Exercises")
    ladder: Ladder = person.find(Ladder, "exercises_list")
    first, second = ladder.topLevelItem(0), ladder.topLevelItem(1)
    assert first.text(0) == "✓ A first network: 18 of 18"
    assert not first.isExpanded()
    assert second.isExpanded()
    assert ladder.currentItem() is second.child(0)
    for key in (Key.Key_Up, Key.Key_Return):  # a chapter opens and closes, and begins nothing
        person.press(key)
    assert not second.isExpanded()
    assert page(person).rung is None


def test_a_residual_is_judged_though_it_stands_nowhere_in_the_run(person: Person) -> None:
    person.choose("Help", "Exercises")
    residual = next(rung for rung in rungs() if rung.key == "residual_value")
    page(person).begin(residual)
    person.wait(lambda: person.window.debugging.view.is_writing)
    written(person, "...", "inside.forward(x)")
    person.wait(lambda: person.text("exercise_verdict").startswith("mistake: leaves out the input beside"))
    written(person, "return inside", "return x + inside")
    person.wait(lambda: person.text("exercise_verdict").startswith("✓ identical"))
    person.wait_for_state("Ready")


def test_another_experiment_is_told_and_nothing_else_is_judged(person: Person) -> None:
    begin_second(person)
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
