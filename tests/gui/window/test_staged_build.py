"""The debugger is put together after the start, or the moment it is asked for; and it catches up with the run."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget

from tests.gui.windows import Desk, Key, save_experiment

UPDATE = [{"kind": "stage", "stage": "update"}]


@pytest.fixture
def nothing_assembled() -> None:
    """In here it is what is tested: it comes as it does for a person."""


def test_it_comes_by_itself_and_is_in_its_menu(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=save_experiment(tmp_path / "tiny.json"))
    debug = person.window.menus.debug
    person.wait(lambda: bool(debug.actions()))
    assert [action.text() for action in debug.actions()][:2] == ["&Continue", "Step &over"]
    assert not debug.menuAction().isEnabled()
    assert person.find(QTabWidget, "workbench").currentIndex() == 0


def test_asked_for_at_once_it_is_there_and_knows_the_run(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(file=save_experiment(tmp_path / "tiny.json", breakpoints=UPDATE))
    person.press(Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert person.window.menus.debug.menuAction().isEnabled()
    person.wait_for_state("Ready")
    controller = person.window.debugging.controller
    person.wait(lambda: controller.state == "ready")
    person.press(Key.Key_F5)  # to the breakpoint, which is in this step
    person.wait(lambda: controller.cursor > 0)
    assert controller.traced is not None
    assert controller.traced.stages[controller.traced.lines[controller.cursor].stage].name == "layer1.update"


def test_a_window_closed_at_once_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    """The half-made debugger ends with it, as ``no_leaks`` sees."""
    desk.start(file=save_experiment(tmp_path / "tiny.json")).window.close()
