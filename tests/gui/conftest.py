"""Fixtures of the tests that open the whole window."""

import multiprocessing
from collections.abc import Iterator
from multiprocessing.synchronize import Event
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import gui.files.reading
import gui.session.client
from gui.window.staged_build import StagedBuild
from tests.gui.chinese import speaking_chinese
from tests.gui.windows import PATIENCE, Desk, Person, save_experiment
from tests.programs import FORKED, forkserver


@pytest.fixture(autouse=True)
def quick_engines(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Engines and readers come as forks of a process that has loaded their modules, but for tests marked ``spawned``.

    Each is a process of its own all the same, and spares the half second that a spawned Python takes.
    """
    if FORKED and request.node.get_closest_marker("spawned") is None:
        context = forkserver()
        forking = SimpleNamespace(get_context=lambda _: context)
        for module in (gui.session.client, gui.files.reading):
            monkeypatch.setattr(module, "multiprocessing", forking)


@pytest.fixture(autouse=True)
def no_engine_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else the machine has to do: a test of one that hangs says itself how long is too long.

    And three deaths are too many however long each new engine took to come.
    """
    monkeypatch.setattr(gui.session.client, "SILENCE", PATIENCE)
    monkeypatch.setattr(gui.session.client, "WARM_UP", PATIENCE)
    monkeypatch.setattr(gui.session.client, "QUICK", PATIENCE)


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
def gate() -> Event:
    """What ``held_engine`` waits for."""
    return multiprocessing.get_context("spawn").Event()


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
