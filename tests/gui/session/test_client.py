"""The engine's process as the window has it: answers, deaths, hangs, and an end without leftovers."""

from collections.abc import Callable, Iterator

import psutil
import pytest
from pytestqt.qtbot import QtBot

import gui.session.client
from engine.protocol import FrameRequest, Load, Loaded
from engine.spec import check
from gui.session.client import EngineClient, Serve
from tests.gui.engines import crashing, obliging, silent, stillborn

SPEC = check(
    {
        "schema": 1,
        "data": {"x": [[1]], "y": [[1]]},
        "network": {"layers": [{"units": 1}]},
        "optimizers": [{"name": "SGD"}],
    }
)
START = 120_000  # ms: guards against a Python that never comes up


pytestmark = pytest.mark.spawned


def losses_of(client: EngineClient) -> list[tuple[str, int | None]]:
    """How the engine was lost, each time, from now on."""
    losses: list[tuple[str, int | None]] = []
    client.lost.connect(lambda how, code: losses.append((how, code)))
    return losses


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Callable[[Serve], EngineClient]]:
    clients: list[EngineClient] = []

    def made(serve: Serve) -> EngineClient:
        clients.append(EngineClient(serve))
        return clients[-1]

    yield made
    for client in clients:
        client.close()
        client.deleteLater()


def test_commands_sent_before_the_engine_is_up_are_answered(qtbot: QtBot, make: Callable) -> None:
    client = make(obliging)
    with qtbot.waitSignal(client.answered, timeout=START) as answer:
        client.start()
        client.send(Load(7, SPEC))
    assert answer.args == [Loaded(7, ())]


def test_the_process_ends_with_the_client(qtbot: QtBot, make: Callable) -> None:
    client = make(obliging)
    with qtbot.waitSignal(client.ready, timeout=START):
        client.start()
    pid = client.pid
    assert psutil.pid_exists(pid)
    client.close()
    assert not psutil.pid_exists(pid)


def test_an_engine_that_dies_is_started_again(qtbot: QtBot, make: Callable) -> None:
    client = make(crashing)
    with qtbot.waitSignal(client.ready, timeout=START):
        client.start()
    first = client.pid
    losses = losses_of(client)
    with qtbot.waitSignals([client.lost, client.ready], timeout=START):
        client.send(Load(1, SPEC))
    assert losses == [("died", 3)]
    assert client.pid != first
    assert not psutil.pid_exists(first)


def test_an_engine_that_is_killed_is_started_again(qtbot: QtBot, make: Callable) -> None:
    client = make(obliging)
    with qtbot.waitSignal(client.ready, timeout=START):
        client.start()
    losses = losses_of(client)
    with qtbot.waitSignals([client.lost, client.ready], timeout=START):
        psutil.Process(client.pid).kill()
    assert losses == [("died", -9)]
    with qtbot.waitSignal(client.answered, timeout=START):
        client.send(FrameRequest(1, None, None))


def test_an_engine_that_falls_silent_is_killed_and_started_again(
    qtbot: QtBot, make: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gui.session.client, "SILENCE", 300)
    client = make(silent)
    with qtbot.waitSignal(client.ready, timeout=START):
        client.start()
    first = client.pid
    losses = losses_of(client)
    with qtbot.waitSignals([client.lost, client.ready], timeout=START):
        pass
    assert losses == [("hung", None)]
    assert not psutil.pid_exists(first)


def test_an_engine_that_keeps_dying_is_left_to_the_person(qtbot: QtBot, make: Callable) -> None:
    client = make(stillborn)
    losses = losses_of(client)
    with qtbot.waitSignal(client.gave_up, timeout=START):
        client.start()
    assert losses == [("died", 4)] * gui.session.client.QUICK_DEATHS
    assert client.pid is None
