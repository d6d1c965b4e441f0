"""The comparison in the whole window: in front, fed by the engine, and saved from the menu."""

import csv
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDockWidget, QFrame, QPushButton, QTabWidget

from gui.compare.race.table import RaceTable
from tests.gui.windows import Desk, Key, Person, save_experiment

CTRL = Qt.KeyboardModifier.ControlModifier
RACERS = [{"name": name, "backends": ["diy"]} for name in ("SGD", "Adam", "RMSprop")]


def compare(person: Person) -> RaceTable:
    """Ctrl+3, at once after the start; in a low window the table begins closed."""
    person.press(Key.Key_3, CTRL)
    person.wait_for_state("Ready")
    switch = person.find(QCheckBox, "compare_table")
    if not switch.isChecked():
        person.click(switch)
    return person.find(RaceTable, "race_table")


def cells(table: RaceTable, title: str) -> list[str]:
    heading, *rows = table.model.as_table()
    return [row[heading.index(title)] for row in rows]


def test_a_race_is_run_and_read_from_the_table(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=save_experiment(tmp_path / "race.json", optimizers=RACERS))
    table = compare(person)
    assert person.find(QTabWidget, "workbench").currentIndex() == 3
    assert person.find(QDockWidget, "mapsDock").isHidden()
    person.run_steps(20)
    person.wait(lambda: cells(table, "Evaluations") == ["20"] * 3)
    finals = [float(loss) for loss in cells(table, "Final loss")]
    person.run_steps(1)
    person.wait(lambda: cells(table, "Evaluations") == ["21"] * 3)
    newest = person.window.session.newest
    assert newest is not None
    assert finals == list(newest.losses), "what a step begins with is the final loss of the step before"
    assert newest.curves is None, "the run's plot is not to be seen"
    person.press(Key.Key_1, CTRL)
    assert not person.find(QDockWidget, "mapsDock").isHidden()
    person.wait(lambda: person.window.session.newest is not newest and person.window.session.newest.curves is not None)
    assert person.window.session.newest.race is None


def test_race_and_table_follow_the_timeline(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=save_experiment(tmp_path / "race.json", optimizers=RACERS))
    table = compare(person)
    person.run_steps(20)
    person.wait(lambda: cells(table, "Evaluations") == ["20"] * 3)
    at_the_end = cells(table, "Final loss")
    person.window.session.seek(8)
    person.wait(lambda: cells(table, "Evaluations") == ["8"] * 3)
    assert cells(table, "Final loss") != at_the_end
    assert table.model.headerData(0, Qt.Orientation.Horizontal) == "Lane, at step 8"
    race = person.window.comparing.view.race
    assert (race.picture.cursor_line.isVisible(), race.picture.cursor_line.value()) == (True, 8)
    person.window.session.seek(20)
    person.wait(lambda: cells(table, "Final loss") == at_the_end)
    assert table.model.headerData(0, Qt.Orientation.Horizontal) == "Lane"


def test_a_color_changes_at_once_another_edit_marks_the_race_and_reset_empties_it(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=save_experiment(tmp_path / "race.json", optimizers=RACERS))
    table = compare(person)
    person.run_steps(3)
    person.wait(lambda: cells(table, "Evaluations") == ["3"] * 3)
    raw = person.window.form.raw()
    raw["optimizers"][0]["color"] = 9
    person.window.session.edit(raw)
    assert person.window.comparing.view.spec.colors[0] == 9
    assert (person.state, cells(table, "Evaluations")) == ("Paused", ["3"] * 3)
    person.window.form.add_optimizer({"name": "Adagrad", "backends": ["diy"]})
    person.window.editing.flush()
    assert person.window.comparing.view.race.picture.veil.isVisible()
    person.window.actions_.reset.trigger()
    person.wait_for_state("Ready")
    assert cells(table, "Lane") == ["SGD/diy", "Adam/diy", "RMSprop/diy", "Adagrad/diy"]
    assert set(cells(table, "Final loss")) == {""}


def test_one_optimizer_is_given_company_from_here(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=save_experiment(tmp_path / "one.json"))
    table = compare(person)
    person.run_steps(3)
    person.wait(lambda: cells(table, "Evaluations")[:1] == ["3"])
    person.click(person.find(QPushButton, "compareAdd"))
    person.window.editing.flush()
    assert person.state == "Edits wait for Reset"
    assert not person.find(QFrame, "compareAlone").isVisible()
    person.window.actions_.reset.trigger()
    person.wait(lambda: len(person.window.session.run_spec.optimizers) == 2)
    assert not person.find(QFrame, "compareAlone").isVisible()


def test_all_steps_are_saved_from_the_menu(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=save_experiment(tmp_path / "race.json", optimizers=RACERS))
    person.wait_for_state("Ready")
    person.run_steps(40)
    with person.naming(tmp_path / "curves.csv"):
        person.choose("File", "Export", "Curves…")
    person.wait(lambda: (tmp_path / "curves.csv").exists())
    with (tmp_path / "curves.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["step"] for row in rows] == [str(step) for step in range(1, 41)]
    assert float(rows[-1]["Adam/diy"]) == person.window.session.newest.losses[1]
