"""Fixtures of the tests of a person's own code."""

from types import SimpleNamespace

import pytest

import engine.own.process
from tests.programs import FORKED, forkserver
from tests.undrawn import draw_nothing


@pytest.fixture(autouse=True)
def quick_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Own code runs in forks of a process that has loaded all that a spawned Python would load first.

    Each is a process of its own all the same. The tests that start the program itself have it spawn them.
    """
    if FORKED:
        context = forkserver()
        monkeypatch.setattr(engine.own.process, "multiprocessing", SimpleNamespace(get_context=lambda _: context))


@pytest.fixture(autouse=True)
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_nothing(monkeypatch)
