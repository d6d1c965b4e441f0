"""An engine that dies again and again: what it had done can be had again until the person does not want it."""

from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

import gui.session.client
from engine.protocol import BranchCurves
from gui.session.client import EngineClient
from tests.gui.engines import obliging, silent
from tests.gui.windows import PATIENCE, Desk, Key, Person, diy_engine, save_experiment

LR = "optimizer1_lr"


def kill(person: Person) -> None:
    """As kill -9 does it, and wait until the window has told of it."""
    client = person.window.client
    lost = client.pid
    psutil.Process(lost).kill()
    person.wait(lambda: client.pid != lost and bool(person.banners))


def kill_until_given_up(person: Person) -> None:
    for _ in range(gui.session.client.QUICK_DEATHS):
        kill(person)
        person.wait(lambda: person.state in ("Ready", "Engine stopped"))


def offers(person: Person) -> list[str]:
    QApplication.processEvents()
    shown = person.window.banners.findChildren(QPushButton)
    return [button.text() for button in shown if button.isVisible()]


def branches(person: Person) -> list[tuple[BranchCurves, str]]:
    """Each with its exact losses, and what it is called."""
    frame = person.window.session.newest
    assert frame is not None
    return [(one, person.window.session.names.name(one.branch)) for one in frame.curves.branches]


def same(ours: Any, theirs: Any) -> bool:
    pairs = [(mine, other) for (mine, _), (other, _) in zip(ours, theirs, strict=True)]
    return [name for _, name in ours] == [name for _, name in theirs] and all(
        mine.branch == other.branch
        and all((a.losses == b.losses).all() for a, b in zip(mine.curves, other.curves, strict=True))
        for mine, other in pairs
    )


@pytest.fixture
def forked(tiny: Person) -> Person:
    """A run of 60 steps with two branches, one of them renamed, and one that was removed in between."""
    tiny.run_steps(50)
    for step, rate in ((20, "0.5"), (10, "0.05"), (5, "0.2")):
        tiny.window.session.seek(step)
        tiny.wait_for_step(step)
        tiny.type_into(LR, rate)
        tiny.window._commands.step()
        tiny.wait_for_step(step + 1)
        tiny.run_steps(40)
    session = tiny.window.session
    tiny.wait(lambda: len(session.branches) == 3)
    session.names.rename(session.branches[2], "the slow one")
    session.remove_branch(2)
    tiny.wait(lambda: [branch.number for branch in session.branches] == [1, 3])
    return tiny


def test_killed_three_times_a_run_still_returns_with_its_branches(forked: Person) -> None:
    session = forked.window.session
    loss, step, before = forked.loss, forked.step, branches(forked)
    kill_until_given_up(forked)
    assert forked.state == "Engine stopped"
    assert offers(forked) == ["Start it again", f"Return to step {step}"]
    forked.click(forked.offer(f"Return to step {step}"))
    forked.wait_for_step(step)
    forked.wait(lambda: len(session.branches) == 2)
    assert forked.loss == loss
    assert same(branches(forked), before)
    assert [name for _, name in before] == ["Branch 1", "the slow one"]
    assert forked.banners == [], "nothing was forked anew, and nothing is offered that is there"
    session.seek(3)
    forked.wait_for_step(3)
    forked.type_into(LR, "0.9")
    forked.press(Key.Key_F10)
    forked.wait(lambda: [branch.number for branch in session.branches] == [1, 3, 4])


def test_what_is_returned_to_can_be_lost_and_had_again(forked: Person) -> None:
    step, before = forked.step, branches(forked)
    for _ in range(2):
        kill(forked)
        forked.wait_for_state("Ready")
        assert offers(forked) == [f"Return to step {step}"]
        forked.click(forked.offer(f"Return to step {step}"))
        forked.wait_for_step(step)
        forked.wait(lambda: len(forked.window.session.branches) == 2)
    assert same(branches(forked), before)


def test_the_offer_stands_through_another_start_and_another_run(tiny: Person) -> None:
    tiny.run_steps(30)
    kill_until_given_up(tiny)
    tiny.click(tiny.offer("Start it again"))
    tiny.wait_for_state("Ready")
    assert offers(tiny) == ["Return to step 30"]
    tiny.run_steps(7)
    assert offers(tiny) == ["Return to step 30"]
    tiny.window.client._deaths.clear()
    kill(tiny)
    tiny.wait_for_state("Ready")
    assert offers(tiny) == ["Return to step 7", "Return to step 30"]
    tiny.click(tiny.offer("Return to step 30"))
    tiny.wait_for_step(30)
    assert offers(tiny) == ["Return to step 7"], "the other one may be wanted yet"


def test_what_was_declined_is_offered_no_more(tiny: Person) -> None:
    tiny.run_steps(30)
    kill(tiny)
    tiny.wait_for_state("Ready")
    tiny.dismiss_banner()
    kill(tiny)
    tiny.wait_for_state("Ready")
    assert offers(tiny) == []


def test_another_experiment_leaves_nothing_to_return_to(tiny: Person, tmp_path: Path) -> None:
    tiny.run_steps(30)
    kill(tiny)
    tiny.wait_for_state("Ready")
    tiny.window.documents.open(save_experiment(tmp_path / "other.json", title="Other"))
    tiny.wait(lambda: tiny.banners == [])
    kill(tiny)
    assert offers(tiny) == []


def test_a_key_starts_an_engine_that_was_given_up(tiny: Person) -> None:
    """Though the message that offers it was waved away."""
    tiny.run_steps(30)
    kill_until_given_up(tiny)
    tiny.dismiss_banner()
    tiny.press(Key.Key_F10)
    tiny.wait_for_step(1)
    assert offers(tiny) == ["Return to step 30"]


def test_a_hang_and_two_kills_end_in_words(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    client = EngineClient(silent)
    gave_up: list[bool] = []
    client.gave_up.connect(lambda: gave_up.append(True))
    with qtbot.waitSignal(client.ready, timeout=PATIENCE):
        client.start()
    with qtbot.waitSignal(client.lost, timeout=PATIENCE):
        psutil.Process(client.pid).kill()
    with qtbot.waitSignal(client.lost, timeout=PATIENCE), qtbot.waitSignal(client.ready, timeout=PATIENCE):
        qtbot.waitUntil(lambda: client.is_ready, timeout=PATIENCE)
        psutil.Process(client.pid).kill()
    monkeypatch.setattr(gui.session.client, "SILENCE", 100)
    client._silence.start(100)  # from now on, not only from the next answer
    with qtbot.captureExceptions() as errors, qtbot.waitSignal(client.gave_up, timeout=PATIENCE):
        pass
    qtbot.wait(50)  # the end of the one that hung is told by its thread, after all else
    assert (errors, gave_up, client.pid) == ([], [True], None)
    client.close()
    client.deleteLater()


def test_a_window_that_stood_still_itself_takes_no_engine_for_hung(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after Ctrl+Z and fg: its clock has run on, while what the engine has said meanwhile is still to be read."""
    monkeypatch.setattr(gui.session.client, "SILENCE", 300)
    client = EngineClient(obliging)
    lost: list[str] = []
    client.lost.connect(lambda how, _: lost.append(how))
    with qtbot.waitSignal(client.ready, timeout=PATIENCE):
        client.start()
    now = gui.session.client.time.monotonic
    monkeypatch.setattr(gui.session.client.time, "monotonic", lambda: now() + 60)
    with qtbot.waitSignal(client._silence.timeout, timeout=PATIENCE):
        pass
    assert lost == []
    monkeypatch.setattr(gui.session.client.time, "monotonic", now)
    client.close()
    client.deleteLater()


def test_an_error_of_the_engine_offers_to_return_too(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(failing_at_20, save_experiment(tmp_path / "tiny.json"))
    person.wait_for_state("Ready")
    person.run_steps(10)
    person.window.transport.steps.setValue(30)
    person.press(Key.Key_F8)
    person.wait(lambda: any("a mistake of ours" in banner for banner in person.banners))
    (back, details) = offers(person)
    assert details == "Details…"
    person.click(person.offer(back))
    person.wait_for_step(int(back.removeprefix("Return to step ")))


def failing_at_20(connection: Any) -> None:
    """Its own mistake: the 20th step raises."""
    from engine.run.lockstep import Lockstep

    advance = Lockstep.advance

    def failing(self: Lockstep, steps: int = 1) -> Any:
        if self.step + steps >= 20:
            raise ZeroDivisionError("a mistake of ours")
        return advance(self, steps)

    Lockstep.advance = failing
    diy_engine(connection)
