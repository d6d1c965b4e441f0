"""Whatever is edited is undone and made again, in the order of all that was done."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QToolButton, QWidget

from tests.gui.windows import Desk, Key, Modifier, Person

CONTROL, SHIFT = Modifier.ControlModifier, Modifier.ShiftModifier


def undo(person: Person) -> None:
    person.press(Key.Key_Z, CONTROL)


def redo(person: Person) -> None:
    person.press(Key.Key_Z, CONTROL | SHIFT)


def offered(person: Person) -> tuple[str, str]:
    """What the Edit menu says of undo and redo, empty where it is grey."""
    acts = person.window.actions_
    found = [action.text().replace("&", "") if action.isEnabled() else "" for action in (acts.undo, acts.redo)]
    return found[0], found[1]


def text(person: Person, name: str) -> str:
    field = person.find(QWidget, name)
    return field.text()


def pause(person: Person) -> None:
    """Time goes by."""
    before = person.window.undoing.clock
    person.window.undoing.clock = lambda: before() + 10


def test_nothing_is_offered_before_anything_is_edited(tiny: Person) -> None:
    assert offered(tiny) == ("", "")
    tiny.press(Key.Key_Z, CONTROL)
    assert not tiny.window.isWindowModified()


def test_typing_in_a_field_is_one_step_until_a_pause(tiny: Person) -> None:
    tiny.type_into("optimizer1_lr", "0.25")
    assert offered(tiny) == ("Undo typing in “Optimizer 1, lr”", "")
    pause(tiny)
    tiny.press(Key.Key_5)
    undo(tiny)
    assert text(tiny, "optimizer1_lr") == "0.25"
    undo(tiny)
    assert text(tiny, "optimizer1_lr") == "0.1"
    assert offered(tiny)[0] == ""
    redo(tiny)
    redo(tiny)
    assert text(tiny, "optimizer1_lr") == "0.255"
