"""Own code in the window: begun beside an optimizer, written in the debugger's source, judged as it is typed, run."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QPlainTextEdit, QToolButton, QWidget

from engine.server.server import serve
from gui.forms.fields.fields import OWN, ChoiceBox
from gui.look.naming import plain_text
from tests.gui.windows import Desk, Person, save_experiment

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier


def offer(person: Person, box: str, title: str) -> None:
    """Choose from what a chooser's last item offers."""
    chooser: ChoiceBox = person.find(ChoiceBox, box)
    place = chooser.findData(OWN)
    chooser.setCurrentIndex(place)
    chooser.activated.emit(place)
    menu = person.find(QMenu, "write_my_own")
    action = next(one for one in menu.actions() if plain_text(one.text()) == title)
    menu.close()
    person.wait(person._is_active)
    action.trigger()


def source(person: Person) -> QPlainTextEdit:
    return person.find(QPlainTextEdit, "source")


def verdict(person: Person) -> str:
    return person.find(QToolButton, "codeVerdict").accessibleName()


@pytest.fixture
def person(desk: Desk, tmp_path: Path) -> Person:
    person = desk.start(serve, save_experiment(tmp_path / "tiny.json", optimizers=[{"name": "Adam"}]))
    person.wait_for_state("Ready")
    return person


def test_own_code_is_begun_written_judged_and_run(person: Person, tmp_path: Path) -> None:
    offer(person, "optimizer1_name", "Begin with a copy of the textbook’s")
    edit = source(person)
    assert edit.hasFocus()
    assert person.text("codeFile") == "my_adam.py"
    assert not edit.isReadOnly()
    person.wait(lambda: verdict(person).startswith("rounding: it is torch’s Adam"))
    at = edit.document().find("    m_hat = m / (1 - beta1**t)")
    at.setPosition(at.selectionEnd())
    edit.setTextCursor(at)
    for _ in range(len(" / (1 - beta1**t)")):
        person.press(Key.Key_Backspace)
    person.wait(lambda: verdict(person).startswith("mistake: does not correct the bias of m, line"))
    assert "my_adam.py: mistake" in person.find(QToolButton, "optimizer1_code").accessibleName()
    person.wait_for_state("Ready")
    person.find(QWidget, "codeTextbook").click()
    person.find(QWidget, "codeTextbook").click()
    person.press(Key.Key_F8)
    person.wait(lambda: person.step > 0)
