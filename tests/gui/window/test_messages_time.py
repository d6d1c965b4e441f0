"""What is told when a run stops or forks, and what can be done about it."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.protocol import Branch, Ready, Run, Stopped
from gui.look.banner import Banners
from gui.session.session import Session
from gui.window.messages import Messages
from gui.window.stop_words import stop_text
from tests.gui.frames import ADAM, SGD, make_spec
from tests.gui.recording import RecordingClient, raw, shown

CONDITION = {"kind": "condition", "quantity": "loss", "op": "<", "value": 0.5}
STAGE = {"kind": "stage", "stage": "update"}
LINE = {"kind": "line", "file": "network.py", "line": 1}
SPEC = make_spec(SGD, ADAM, breakpoints=[CONDITION, STAGE])
BRANCH = Branch(1, 4, 100, 0, {"lr": 0.1}, (0, 1))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def client(window: QWidget) -> RecordingClient:
    return RecordingClient()


@pytest.fixture
def session(client: RecordingClient) -> Iterator[Session]:
    made = Session(client)  # type: ignore[arg-type]
    client.ready.emit(Ready("test", ("cpu",)))
    made.edit(raw(breakpoints=[CONDITION]))
    yield made
    made.close()


@pytest.fixture
def banners(window: QWidget, session: Session) -> Iterator[Banners]:
    banners = Banners(window)
    window.messages = Messages(session, banners, SimpleNamespace(reveal=None), window)  # type: ignore[attr-defined,arg-type]
    yield banners
    window.messages._passing.stop()  # type: ignore[attr-defined]


def stop(session: Session, client: RecordingClient, breakpoint_: int | None = 0, **parts: Any) -> None:
    client.answered.emit(Stopped(session._generation, 57, 0, 3, breakpoint_, **parts))


def offer(banners: Banners, title: str) -> QPushButton:
    return next(button for button in banners.findChildren(QPushButton) if button.text() == title)


def test_a_stop_says_why_and_offers_to_go_on(session: Session, client: RecordingClient, banners: Banners) -> None:
    session.run(100)
    stop(session, client, lane="SGD/diy", value=0.4375)
    assert banners.text("stop") == (
        "Stopped in step 57, before its update. Loss of any lane < 0.5: 0.4375 in SGD · DIY"
    )
    offer(banners, "Go on").click()
    assert client.last(Run).steps == 44
    assert banners.text("stop") == ""


def test_a_run_that_a_breakpoint_stops_before_any_frame_came_is_paused(
    session: Session, client: RecordingClient, banners: Banners, window: Any
) -> None:
    session.run(100)
    states: list[str] = []
    session.changed.connect(lambda: states.append(window.messages.state()))
    stop(session, client)
    assert states[-1] == "Paused"


def test_a_stop_leads_to_the_debugger(
    qtbot: QtBot, window: Any, session: Session, client: RecordingClient, banners: Banners
) -> None:
    session.run()
    stop(session, client)
    with qtbot.waitSignal(window.messages.debug_wanted):
        offer(banners, "Show in Debug").click()


def test_a_run_that_was_sent_on_at_once_leaves_no_message(
    session: Session, client: RecordingClient, banners: Banners
) -> None:
    session.stopped.connect(lambda _: session.resume())
    session.run()
    stop(session, client)
    assert banners.text("stop") == ""


def test_a_reset_takes_the_message_down(session: Session, client: RecordingClient, banners: Banners) -> None:
    session.run()
    stop(session, client)
    session.reset()
    session.changed.emit()
    assert banners.text("stop") == ""


def test_a_fork_is_told_in_passing(qtbot: QtBot, session: Session, client: RecordingClient, banners: Banners) -> None:
    session.run(100)
    shown(qtbot, session, client, 4, newest=4, branches=(BRANCH,))
    assert banners.text("fork") == "The run was forked after step 4; the old future is kept as Branch 1."
    session.run()
    assert banners.text("fork") == ""


@pytest.mark.parametrize(("start", "still"), [(4, False), (56, True)])
def test_a_stop_is_over_when_a_fork_drops_its_step(
    qtbot: QtBot, session: Session, client: RecordingClient, banners: Banners, start: int, still: bool
) -> None:
    """The run stopped before step 57: after a change at step 56 it still stands there."""
    session.run(100)
    shown(qtbot, session, client, 56, newest=56)
    stop(session, client)
    assert banners.text("stop")
    shown(qtbot, session, client, start, newest=start, branches=(BRANCH._replace(start=start),))
    assert (session.stop is not None) == bool(banners.text("stop")) == still
    assert banners.text("fork")


def test_a_number_that_is_not_finite_is_named_with_where_it_arose() -> None:
    found = Stopped(
        *(1, 57, 0, 3, None, "SGD/diy"), tensor="layer1.dL_dz", stage="layer1.backward", file="network.py", line=62
    )
    assert stop_text(found, SPEC) == (
        "A number that is not finite arose in step 57: layer1.dL_dz, stage layer1.backward, network.py line 62, "
        "lane SGD · DIY. The weights are those before the update; the run can go on."
    )
    in_torch = Stopped(1, 1_057, 1, None, None, "Adam/torch", tensor="loss", stage="loss")
    assert "in step 1,057: loss, stage loss, lane Adam · torch. " in stop_text(in_torch, SPEC)


def test_a_breakpoint_is_told_as_the_list_does() -> None:
    assert stop_text(Stopped(1, 3, 0, 9, 1), SPEC) == "Stopped in step 3. Before the update of any layer"
    of_line = make_spec(SGD, breakpoints=[LINE])
    assert stop_text(Stopped(1, 3, 0, 9, 0), of_line).startswith("Stopped in step 3. Line 1 of network.py: ")
    assert stop_text(Stopped(1, 3, 0, 9, 7), SPEC) == "Stopped in step 3.", "it was removed meanwhile"


def test_a_pair_is_told_by_its_label() -> None:
    parity = CONDITION | {"quantity": "parity_abs", "op": ">", "value": 1e-6, "lane": "Adam"}
    spec = make_spec(SGD, ADAM, breakpoints=[parity])
    text = stop_text(Stopped(1, 3, 1, 9, 0, "Adam", 2.5e-6), spec)
    assert text.endswith(": 2.5e−6 in Adam")
