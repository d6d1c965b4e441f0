"""The name that Save proposes is the experiment's title, as far as file systems take it."""

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from gui.files.file_names import LONGEST, file_name
from tests.gui.windows import Desk, Key, Modifier


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Two layers, lr 0.1", "Two layers, lr 0.1"),
        ("a/b: what?", "a b what"),
        ("鸢尾花", "鸢尾花"),
        ("  ...  ", "experiment"),
        ("", "experiment"),
        ("CON", "experiment"),
        ("line\nbreak\x00", "line break"),
    ],
)
def test_the_title_without_what_file_systems_refuse(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_long_title_is_cut_between_two_letters() -> None:
    name = file_name("花" * 500)
    assert set(name) == {"花"}
    assert LONGEST - 3 <= len(name.encode()) <= LONGEST


def test_save_proposes_the_title(desk: Desk) -> None:
    person = desk.start()
    person.type_into("title", "My own: one")
    seen: list[str] = []

    def look(dialog: QWidget) -> None:
        assert isinstance(dialog, QFileDialog)
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        seen.append(field.text())
        dialog.reject()

    with person.answering(look):
        person.press(Key.Key_S, Modifier.ControlModifier)
    assert seen == ["My own one.json"]
