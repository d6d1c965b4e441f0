"""Fixtures of the tests that open the whole window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from chinese import speaking_chinese
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windows import Desk, Person, save_experiment

from gui.window.staged_build import StagedBuild


@pytest.fixture
def nothing_assembled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debugger and comparison are put together when a test comes to them: most do without, and each takes its time."""
    monkeypatch.setattr(StagedBuild, "start", lambda *_: None)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, nothing_assembled: None) -> Iterator[Desk]:
    desk = Desk(qtbot, qapp)
    yield desk
    desk.close()
    desk.themes.deleteLater()


@pytest.fixture
def tiny(desk: Desk, tmp_path: Path) -> Person:
    """The window with a tiny experiment open and its engine ready."""
    person = desk.start(file=save_experiment(tmp_path / "tiny.json"))
    person.wait_for_state("Ready")
    return person


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    """As the program's start does it where the system speaks Chinese; what is asked for must be in the translation."""
    with speaking_chinese(qapp) as witness:
        yield
    assert not witness.unknown
