"""What keeps a run from going well, said below its plot: why, what helps, and the way to where it shows."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QToolButton, QWidget

from tests.gui.windows import PATIENCE, Desk, Person, save_experiment

BEYOND: dict[str, Any] = {"data": {"x": [[1, 2], [3, 4]], "y": [[3], [2]]}}  # what a sigmoid cannot reach
FLOOR = "2 of 2 targets are out of the last layer's reach: the loss cannot fall below 2.5"
WELL: dict[str, Any] = {"data": {"x": [[1, 2], [3, 4]], "y": [[0.3], [0.2]]}}
UNSCALED: dict[str, Any] = {"data": {"x": [[1, 2000], [3, 4000]], "y": [[3], [2]]}}


def strip_of(person: Person) -> QFrame | None:
    """The line below the plot, once it says something."""
    strip = person.window.findChild(QFrame, "diagnosis")
    return strip if strip is not None and strip.isVisible() else None


def texts(person: Person) -> list[str]:
    strip = strip_of(person)
    return [] if strip is None else [label.text() for label in strip.findChildren(QLabel) if label.isVisible()]


def start(desk: Desk, folder: Path, **changes: Any) -> Person:
    person = desk.start(file=save_experiment(folder / "tiny.json", **changes))
    person.wait_for_state("Ready")
    person.window.debugging  # noqa: B018  # what follows the start is put together
    return person


def test_it_is_said_when_the_run_pauses_and_unfolded_when_asked_why(desk: Desk, tmp_path: Path) -> None:
    person = start(desk, tmp_path, **BEYOND)
    assert strip_of(person) is None
    person.run_steps(5)
    person.wait(lambda: texts(person) == [FLOOR])
    person.click(person.find(QPushButton, "diagnosis_why"))
    why = "Why: The activation, sigmoid, only makes numbers from 0 to 1, and a target is 3."
    (_, told) = texts(person)
    assert told.startswith(f"{why}\nWhat helps: Scale the targets into that range, or take another activation")


def test_it_leads_to_the_field(desk: Desk, tmp_path: Path) -> None:
    person = start(desk, tmp_path, **BEYOND)
    person.run_steps(5)
    person.wait(lambda: texts(person) == [FLOOR])
    person.click(person.find(QPushButton, "diagnosis_show"))
    person.wait(lambda: person.window.form.isAncestorOf(QApplication.focusWidget() or QWidget()))


def test_a_bias_before_a_batch_norm_is_told_and_leads_to_its_box(desk: Desk, tmp_path: Path) -> None:
    layers = [{"units": 2, "activation": "identity", "bias": True}, {"kind": "BatchNorm1d"}, {"units": 1}]
    data = {"x": [[1, 2], [3, 1], [2, 5], [0, 1]], "y": [[3], [2], [1], [4]]}
    network, seed = {"layers": layers, "loss": "mse"}, {"seed": 0}
    person = start(desk, tmp_path, data=data, network=network, start=seed)
    person.run_steps(5)
    person.wait(lambda: any("The bias of layer 1 never learns" in text for text in texts(person)))
    person.click(person.find(QPushButton, "diagnosis_show"))
    person.wait(lambda: (QApplication.focusWidget() or QWidget()).objectName() == "layer1_bias")


def test_one_thing_at_a_time_and_what_is_waved_away_stays_away(desk: Desk, tmp_path: Path) -> None:
    person = start(desk, tmp_path, **UNSCALED)
    person.run_steps(5)
    person.wait(lambda: strip_of(person) is not None)
    first = texts(person)
    turn = person.find(QToolButton, "diagnosis_next")
    assert turn.text() == "1 of 2 ▸"
    person.click(turn)
    (second,) = texts(person)
    assert second.startswith("The columns of x are of different size: column x2 about")
    person.click(person.find(QToolButton, "diagnosis_dismiss"))
    assert texts(person) == first
    assert not turn.isVisible()
    person.run_steps(5)
    person.window.session.reset()
    assert strip_of(person) is None, "another run"
    person.run_steps(7)
    person.wait(lambda: texts(person) == first)
    assert not turn.isVisible()


def test_nothing_is_said_of_an_experiment_that_was_edited(desk: Desk, tmp_path: Path) -> None:
    person = start(desk, tmp_path, **BEYOND)
    person.run_steps(5)
    person.wait(lambda: strip_of(person) is not None)
    person.type_into("title", "Other")
    assert strip_of(person) is not None, "a title makes no other experiment"
    person.window.form.set_raw(person.window.form.raw() | {"dtype": "float32"})
    person.wait(lambda: strip_of(person) is None)


def test_nothing_is_said_of_a_run_that_goes_well(desk: Desk, tmp_path: Path) -> None:
    person = start(desk, tmp_path, **WELL)
    with person.qtbot.waitSignal(person.window.session.jobs.answered, timeout=PATIENCE):
        person.run_steps(5)
    assert strip_of(person) is None
