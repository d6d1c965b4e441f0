"""What is typed while the run moves to another step: each keeps to itself."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from tests.gui.windows import TINY, Desk, Key, Modifier, Person, save_experiment

ADAM: dict[str, Any] = {"name": "Adam", "params": {"lr": 0.1, "betas": [0.8, 0.9]}, "backends": ["diy"]}


@pytest.fixture
def changed(desk: Desk, tmp_path: Path) -> Person:
    """A run of 4 steps whose rates were changed after step 2, both of them."""
    entries = [*TINY["optimizers"], ADAM]
    person = desk.start(file=save_experiment(tmp_path / "two.json", optimizers=entries))
    person.wait_for_state("Ready")
    person.run_steps(2)
    person.type_into("optimizer1_lr", "0.5")
    person.type_into("optimizer2_lr", "0.7")
    person.run_steps(2)
    return person


def rates(person: Person) -> list[str]:
    return [person.find(QWidget, f"optimizer{entry}_lr").text() for entry in (1, 2)]


def to_the_start(person: Person) -> None:
    person.press(Key.Key_Home, Modifier.AltModifier)


def settle(person: Person) -> None:
    person.wait_for_step(0)
    person.run_steps(1)  # before it is taken, whatever was typed counts


def test_typing_elsewhere_while_the_run_goes_to_an_earlier_step_changes_nothing_in_it(changed: Person) -> None:
    to_the_start(changed)
    changed.type_into("title", "Another title")
    settle(changed)
    assert rates(changed) == ["0.1", "0.1"]
    assert changed.window.session.branches == ()
    assert changed.find(QLineEdit, "title").text() == "Another title"


def test_a_rate_typed_while_the_run_goes_to_an_earlier_step_is_changed_there_alone(changed: Person) -> None:
    to_the_start(changed)
    changed.type_into("optimizer2_lr", "0.30")
    changed.wait_for_step(0)
    changed.wait(lambda: rates(changed) == ["0.1", "0.30"])  # letter by letter: a 0 is no end of typing
    changed.run_steps(1)
    changes = changed.window.session.changes
    assert [(change.step, change.entry, change.params["lr"]) for change in changes] == [(0, 1, 0.3)]
    assert [branch.start for branch in changed.window.session.branches] == [0]


def test_an_optimizer_may_be_removed_while_the_run_goes_to_an_earlier_step(changed: Person) -> None:
    to_the_start(changed)
    changed.click(changed.find(QToolButton, "optimizer1_remove"))
    changed.wait_for_state("Edits wait for Reset")
    changed.press(Key.Key_R, Modifier.ControlModifier)
    changed.wait_for_state("Ready")
    assert [entry.name for entry in changed.window.session.run_spec.optimizers] == ["Adam"]
