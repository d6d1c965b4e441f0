"""A hunt in the real window: planted, its verdicts hushed, its line and cause found, mended and judged."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QListWidget, QPushButton, QTreeWidget

from engine.server.server import serve
from gui.debug.source.source_view import SourceView
from gui.learn.exercises.rungs import rungs
from gui.learn.hunt.hunts import Bug, drawn, hunts
from gui.learn.hunt.page import HuntPage
from tests.gui.windows import Desk, Key, Modifier, Person, save_experiment

SEED = 3
HUSHED = "not told while you hunt a bug"


@pytest.fixture
def person(desk: Desk, tmp_path: Path) -> Person:
    person = desk.start(serve, save_experiment(tmp_path / "tiny.json"))
    person.wait_for_state("Ready")
    person.choose("Help", "Bug hunt")
    return person


def page(person: Person) -> HuntPage:
    return person.find(HuntPage, "hunt_page")


def press(person: Person, name: str) -> None:
    person.click(person.find(QPushButton, name))


def parity(person: Person) -> str:
    """What the strip says of the entry, without its sign."""
    return person.find(QTreeWidget, "parity_lines").topLevelItem(0).text(1).partition(" ")[2]


def begin(person: Person, seed: int = SEED) -> SourceView:
    person.type_into("hunt_seed", str(seed))
    press(person, "hunt_begin")
    person.wait(lambda: person.window.debugging.view.is_writing)
    return person.find(SourceView, "source")


def point(person: Person, source: SourceView, line: int) -> None:
    cursor = source.textCursor()
    cursor.setPosition(source.document().findBlockByNumber(line - 1).position())
    source.setTextCursor(cursor)
    press(person, "hunt_point")


def choose(person: Person, does: str) -> None:
    causes = person.find(QListWidget, "hunt_causes")
    places = [place for place in range(causes.count()) if causes.item(place).text() == does]
    causes.setCurrentRow(places[0])
    press(person, "hunt_choose")


def test_a_bug_is_found_and_mended(person: Person) -> None:
    hunt = drawn(1, SEED)
    (bug,) = hunt.bugs
    source = begin(person)
    assert source.toPlainText() == bug.text
    person.wait_for_state("Ready")
    person.window.session.run(20)
    person.wait(lambda: parity(person) == HUSHED)
    door = person.window.form.code_door
    person.wait(lambda: bool(door.found_of(bug.name)))
    assert door.verdicts_of(bug.name) == []
    assert person.find(QPushButton, "hunt_point").isVisible()
    point(person, source, 1)
    assert person.text("hunt_said") == "No, that line is as it should be."
    point(person, source, bug.line)
    assert person.text("hunt_said").startswith("Yes, that is the line.")
    wrong = next(cause for cause in page(person).hunting.causes if cause != bug.does)
    choose(person, wrong)
    assert person.text("hunt_said") == "No, that it does not do."
    choose(person, bug.does)
    assert "Wrong guesses: 2" in person.text("hunt_task")
    assert bug.torch_does in person.text("hunt_task")
    person.wait(lambda: parity(person) != HUSHED)
    assert door.verdicts_of(bug.name)
    assert "Now mend it in the source." in person.text("hunt_task")
    write_line(person, source, right_line(bug))
    person.wait(lambda: "✓ Mended" in person.text("hunt_task"))


def write_line(person: Person, source: SourceView, line: str) -> None:
    """Type over the line that the text cursor is in."""
    source.setFocus()
    person.press(Key.Key_Home)
    person.press(Key.Key_End, Modifier.ShiftModifier)
    person.qtbot.keyClicks(source, line)


def right_line(bug: Bug) -> str:
    """What the exercise of the same file has there."""
    rung = next(rung for rung in rungs() if rung.file == bug.name)
    return rung.solution.splitlines()[bug.line - 1]


def test_giving_up_tells_all_and_another_experiment_ends_the_hunt(person: Person) -> None:
    begin(person)
    press(person, "hunt_give_up")
    bug = drawn(1, SEED).bugs[0]
    assert f"{bug.name}, line {bug.line}: {bug.does}" in person.text("hunt_task")
    press(person, "hunt_next")
    person.wait(lambda: page(person).hunting is not None and page(person).hunting.hunt == drawn(1, SEED + 1))
    assert person.window.form.code_door.is_hushed
    person.window.documents.show_default()
    person.wait(lambda: page(person).hunting is None)
    assert not person.window.form.code_door.is_hushed


def test_of_two_bugs_each_is_asked_for(person: Person) -> None:
    hunt = next(hunt for hunt in hunts() if hunt.level == 6)
    seed = next(seed for seed in range(99) if drawn(6, seed) == hunt)
    page(person).begin(6, seed)
    person.wait(lambda: person.window.debugging.view.is_writing)
    hunting = page(person).hunting
    assert hunting is not None
    for bug in hunt.bugs:
        assert not hunting.is_revealed
        assert hunting.point(bug.name, bug.line)
        assert hunting.choose(bug.does)
    assert hunting.is_revealed
    assert not hunting.is_won
