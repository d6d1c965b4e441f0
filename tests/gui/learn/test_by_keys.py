"""Lessons, exercises and a hunt from their beginning to their end without a mouse."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from engine.server.server import serve
from gui.debug.source.source_view import SourceView
from gui.files.documents import DEFAULT
from gui.learn.exercises.page import ExercisesPage
from gui.learn.exercises.rungs import rungs
from gui.learn.hunt.hunts import Bug, drawn
from gui.learn.hunt.page import HuntPage
from tests.gui.windows import Desk, Key, Modifier, Person, save_experiment

MOST_TABS = 40
SEED = 3
LESSON = """# A lesson

About it.

## Read

```lockstep
experiment: first.json
```

This is read.

## Predict

```lockstep
ask: 2 + 2?
answer: 4
ask: 3 + 3?
answer: 6
point: runButton when not running
until: step >= 5
```
"""


def keyboard() -> QWidget:
    """Who has the keyboard: somebody in sight, whom a frame shows to have it."""
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.isVisible()
    return focus


def tab_to(person: Person, name: str) -> None:
    """Tab on until the keyboard is there."""
    for _ in range(MOST_TABS):
        if keyboard().objectName() == name:
            return
        person.press(Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {name}")


def enter(person: Person, name: str) -> None:
    tab_to(person, name)
    person.press(Key.Key_Return)


def choose_help(person: Person, letter: Qt.Key) -> None:
    """An entry of the last menu, by the letters underlined."""
    person.press(Key.Key_H, Modifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    person.qtbot.keyClick(menu, letter)
    person.window.activateWindow()  # which a desktop does by itself when a menu closes
    person.wait(person.window.isActiveWindow)


def wait_for_source(person: Person) -> None:
    """Until the code that was asked for is shown, and has the keyboard."""
    person.wait(lambda: isinstance(QApplication.focusWidget(), SourceView))


def pass_keyboard(person: Person) -> None:
    """To the panel that teaches, or from it."""
    person.press(Key.Key_5, Modifier.ControlModifier)


def test_a_lesson(tiny: Person, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for language in ("en", "zh"):
        (folder / f"{language}.md").write_text(LESSON, encoding="utf-8")
    sgd = {"name": "SGD", "params": {"lr": 0.1}, "backends": ["diy"]}
    start = {"weights": {"layer1.weight": [[0.1, -0.2, 0.3, 0.1]] * 4}}
    raw = json.loads(DEFAULT.read_bytes()) | {"start": start, "optimizers": [sgd]}
    (folder / "first.json").write_text(json.dumps(raw), encoding="utf-8")
    tiny.window.learning.open_lesson(folder)
    tiny.wait(lambda: tiny.text("lesson_title") == "✓ Read")
    assert keyboard().objectName() == "lesson_text"
    enter(tiny, "lesson_next")
    tab_back_to(tiny, "lesson_answer")
    for answer in ("4", "6"):  # from one question the keyboard goes to the next
        assert keyboard().objectName() == "lesson_answer"
        tiny.qtbot.keyClicks(keyboard(), answer)
        tiny.press(Key.Key_Return)
    assert keyboard().objectName() == "lesson_next"
    tiny.wait(lambda: tiny.find(QWidget, "lesson_show").isVisible())
    tab_back_to(tiny, "lesson_show")
    tiny.press(Key.Key_Return)
    tiny.wait(lambda: tiny.text("lesson_title") == "✓ Predict")
    pass_keyboard(tiny)
    if keyboard().objectName() != "lesson_text":
        pass_keyboard(tiny)
    enter(tiny, "lesson_next")
    tiny.wait(lambda: keyboard().objectName() == "lessons_list")


def tab_back_to(person: Person, name: str) -> None:
    for _ in range(MOST_TABS):
        if keyboard().objectName() == name:
            return
        person.press(Key.Key_Tab, Modifier.ShiftModifier)
    raise AssertionError(f"Shift+Tab does not lead to {name}")


@pytest.fixture
def person(desk: Desk, tmp_path: Path) -> Person:
    person = desk.start(serve, save_experiment(tmp_path / "tiny.json"))
    person.wait_for_state("Ready")
    return person


def test_an_exercise_and_a_hunt(person: Person) -> None:
    write_a_slope(person)
    hunt(person)


def write_a_slope(person: Person) -> None:
    choose_help(person, Key.Key_E)
    assert keyboard().objectName() == "exercises_list"
    person.press(Key.Key_Return)
    wait_for_source(person)
    pass_keyboard(person)
    assert keyboard().objectName() == "exercise_line"
    enter(person, "exercise_hint")
    assert person.text("exercise_said")
    pass_keyboard(person)
    slope = rungs()[0]
    write_line(person, slope.solution.splitlines()[slope.holes[0] - 1])
    person.wait(lambda: person.text("exercise_verdict").startswith("✓"))
    pass_keyboard(person)
    enter(person, "exercise_next")
    person.wait(lambda: person.find(ExercisesPage, "exercises_page").rung is rungs()[1])
    wait_for_source(person)


def hunt(person: Person) -> None:
    (bug,) = drawn(1, SEED).bugs
    page = begin_hunt(person)
    source: SourceView = person.find(SourceView, "source")
    pass_keyboard(person)
    assert keyboard().objectName() == "hunt_point"
    pass_keyboard(person)
    assert keyboard() is source
    go_to_line(person, 1)
    pass_keyboard(person)
    person.press(Key.Key_Return)
    assert person.text("hunt_said") == "No, that line is as it should be."
    pass_keyboard(person)
    go_to_line(person, bug.line)
    pass_keyboard(person)
    person.press(Key.Key_Return)
    causes: QListWidget = person.find(QListWidget, "hunt_causes")
    assert keyboard() is causes
    for _ in range(causes.count()):
        if causes.currentItem().data(Qt.ItemDataRole.UserRole) != bug.does:
            person.press(Key.Key_Down)
    person.press(Key.Key_Return)
    assert keyboard() is source
    write_line(person, right_line(bug))
    person.wait(lambda: "✓ Mended" in person.text("hunt_task"))
    pass_keyboard(person)
    assert keyboard().objectName() == "hunt_next"
    tab_back_to(person, "hunt_leave")
    person.press(Key.Key_Return)
    assert page.hunting is None
    assert keyboard().objectName() == "hunt_level"


def begin_hunt(person: Person) -> HuntPage:
    choose_help(person, Key.Key_B)
    assert keyboard().objectName() == "hunt_level"
    person.press(Key.Key_Tab)
    person.press(Key.Key_A, Modifier.ControlModifier)
    person.qtbot.keyClicks(keyboard(), str(SEED))
    enter(person, "hunt_begin")
    wait_for_source(person)
    return person.find(HuntPage, "hunt_page")


def go_to_line(person: Person, line: int) -> None:
    person.press(Key.Key_Home, Modifier.ControlModifier)
    for _ in range(line - 1):
        person.press(Key.Key_Down)


def write_line(person: Person, line: str) -> None:
    """Type over the line that the text cursor is in."""
    person.press(Key.Key_Home)
    person.press(Key.Key_End, Modifier.ShiftModifier)
    person.qtbot.keyClicks(keyboard(), line)


def right_line(bug: Bug) -> str:
    """What the exercise of the same file has there."""
    rung = next(rung for rung in rungs() if rung.file == bug.name)
    return rung.solution.splitlines()[bug.line - 1]
