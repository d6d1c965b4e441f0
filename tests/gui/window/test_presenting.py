"""Presenting: code and formula large and alone, left by Esc, and all as it was before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDockWidget, QToolBar

from gui.debug.formula.page import FormulaPage
from gui.files.settings import Settings
from tests.gui.windows import Desk, Key, Modifier, Person, save_experiment

BOTH = Modifier.ControlModifier | Modifier.ShiftModifier


@pytest.fixture(autouse=True)
def usual_size_after(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    yield
    qapp.setFont(before)


def shown(person: Person) -> set[str]:
    parts = (*person.window.findChildren(QDockWidget), *person.window.findChildren(QToolBar))
    return {part.objectName() for part in parts if part.isVisible() and part.objectName()}


def present(person: Person) -> None:
    former = person.window.form
    person.press(Key.Key_L, BOTH)
    person.wait(lambda: person.window.form is not former)  # made again, larger


def test_code_and_formula_alone_and_large_until_escape(tiny: Person) -> None:
    before = shown(tiny)
    assert "experimentDock" in before
    present(tiny)
    assert tiny.window.isFullScreen()
    assert Settings().zoom == 150
    assert not shown(tiny) & {"experimentDock", "mapsDock", "parityDock", "timeline"}
    assert "transport" in shown(tiny)
    assert tiny.window.central_tabs.is_debugging
    assert isinstance(tiny.window.debugging.view.pages.currentWidget(), FormulaPage)
    assert tiny.window.actions_.present.isChecked()
    former = tiny.window.form
    tiny.window.setFocus()
    tiny.press(Key.Key_Escape)
    tiny.wait(lambda: tiny.window.form is not former)
    assert not tiny.window.isFullScreen()
    assert Settings().zoom == 100
    tiny.press(Key.Key_1, Modifier.ControlModifier)  # the debugger has the room of the heatmaps
    assert shown(tiny) == before
    assert not tiny.window.actions_.present.isChecked()


@pytest.mark.parametrize("first", [True, False])
def test_a_window_closed_while_it_presents_begins_as_before(desk: Desk, tmp_path: Path, first: bool) -> None:
    person = desk.start(file=save_experiment(tmp_path / "tiny.json"))
    person.wait_for_state("Ready")
    before = shown(person)
    if first:
        present(person)
    desk.close()
    assert Settings().zoom == 100
    again = desk.start(file=tmp_path / "tiny.json")
    assert shown(again) == before
