"""Undo of numbers that come from files: data that are imported or linked, weights to start from, logs."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QRadioButton, QWidget

from tests.gui.data.test_importing import IRIS, drop, grid_texts, look, take, write
from tests.gui.undo.test_undo import offered, pause, press_button
from tests.gui.windows import Person


def raw(person: Person) -> dict[str, Any]:
    return person.window.form.raw()


def undo(person: Person) -> None:
    """By the menu: of a dialog that is gone the keyboard is nowhere."""
    person.window.actions_.undo.trigger()


def redo(person: Person) -> None:
    person.window.actions_.redo.trigger()


def choosing(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    file.touch()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(file), ""))


def link(person: Person, folder: Path) -> None:
    drop(person, write(folder / "iris.csv", IRIS))
    look(person)
    person.find(QRadioButton, "import_link").click()
    take(person)
    person.wait(lambda: raw(person)["data"].get("file") is not None)


def test_a_start_from_a_file_is_undone_with_all_that_is_said_of_it(
    tiny: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = raw(tiny)["start"]
    choosing(monkeypatch, tmp_path / "mine.npz")
    press_button(tiny, "start_from_file")
    tiny.type_into("start_lane", "SGD/diy")
    chosen = {"file": "mine.npz", "sha256": sha256(b"").hexdigest()}
    after = {**chosen, "lane": "SGD/diy"}
    assert raw(tiny)["start"] == after
    undo(tiny)
    assert raw(tiny)["start"] == chosen
    undo(tiny)
    assert raw(tiny)["start"] == before
    redo(tiny)
    redo(tiny)
    assert raw(tiny)["start"] == after
    pause(tiny)
    press_button(tiny, "start_switch")
    assert raw(tiny)["start"] != after
    undo(tiny)
    assert raw(tiny)["start"] == after
    undo(tiny)
    undo(tiny)
    assert raw(tiny)["start"] == before


def test_a_log_in_diys_place_is_undone(tiny: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    choosing(monkeypatch, tmp_path / "mine.csv")
    entry = tiny.window.form._optimizers._rows()[0]
    entry._log_use().choose()
    assert raw(tiny)["optimizers"][0]["log"] == {"file": "mine.csv", "sha256": sha256(b"").hexdigest()}
    assert "“" in offered(tiny)[0]  # it is called by its field
    undo(tiny)
    assert "log" not in raw(tiny)["optimizers"][0]
    assert entry._log_use().line.isHidden()
    redo(tiny)
    assert raw(tiny)["optimizers"][0]["log"] == {"file": "mine.csv", "sha256": sha256(b"").hexdigest()}
    assert not entry._log_use().line.isHidden()
    entry._log_use().menu().actions()[-1].trigger()
    assert "log" not in raw(tiny)["optimizers"][0]
    undo(tiny)
    assert raw(tiny)["optimizers"][0]["log"] == {"file": "mine.csv", "sha256": sha256(b"").hexdigest()}


def test_data_that_are_linked_and_let_go_of_are_undone(tiny: Person, tmp_path: Path) -> None:
    before = raw(tiny)
    link(tiny, tmp_path)
    linked = raw(tiny)
    tiny.wait(lambda: grid_texts(tiny)[0] == ["1.5", "2", "setosa"])
    pause(tiny)
    press_button(tiny, "data_let_go")
    typed = raw(tiny)
    assert typed["data"]["classes"] == ["setosa", "virginica"]
    assert offered(tiny)[0] == "Undo changing the data"
    undo(tiny)
    assert raw(tiny) == linked
    tiny.wait(lambda: grid_texts(tiny)[0] == ["1.5", "2", "setosa"])
    assert tiny.find(QWidget, "data_link").isVisible()
    undo(tiny)
    assert raw(tiny) == before
    assert not tiny.find(QWidget, "data_link").isVisible()
    redo(tiny)
    assert raw(tiny) == linked
    tiny.wait(lambda: tiny.window.session.spec is not None)
    redo(tiny)
    assert raw(tiny) == typed
    assert grid_texts(tiny)[1] == ["1.7", "2.5", "1 virginica"]


def test_data_that_are_copied_are_undone_as_one(tiny: Person, tmp_path: Path) -> None:
    before = raw(tiny)
    drop(tiny, write(tmp_path / "iris.csv", IRIS))
    look(tiny)
    take(tiny)
    after = raw(tiny)
    assert after["data"]["classes"] == ["setosa", "virginica"]
    undo(tiny)
    assert raw(tiny) == before
    assert offered(tiny)[0] == ""
    redo(tiny)
    assert raw(tiny) == after


def test_rows_of_a_file_that_test_are_undone(tiny: Person, tmp_path: Path) -> None:
    link(tiny, tmp_path)
    linked = raw(tiny)
    pause(tiny)
    box = tiny.find(QWidget, "data_test")
    box.setCurrentIndex(box.findData("share"))
    box.activated.emit(box.currentIndex())
    tested = raw(tiny)
    assert tested["data"]["test"] == {"share": 0.25, "seed": 0}
    undo(tiny)
    assert raw(tiny) == linked
    redo(tiny)
    assert raw(tiny) == tested
