"""What is said across the window when a run cannot start or the engine is lost, and what can be done about it."""

from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

import gui.session.client
from engine.protocol import Ready
from gui.look.banner import Banner, Banners
from tests.gui.engines import stillborn
from tests.gui.faults import looks_faulty
from tests.gui.windows import PATIENCE, Desk, Key, Modifier, Person, diy_engine, save_experiment

LR = "optimizer1_lr"


@pytest.mark.parametrize("key", [Key.Key_F10, Key.Key_F8])
def test_a_faulty_value_marks_its_field_and_nothing_starts(tiny: Person, key: Key) -> None:
    field = tiny.type_into(LR, "fast")
    tiny.press(key)  # before the window has looked at the edit
    assert looks_faulty(field)
    assert tiny.state == "Faulty entries"
    (banner,) = tiny.banners
    assert "Learning rate" in banner
    assert "fast" in banner
    assert tiny.step == 0
    assert not tiny.window.session.running
    tiny.type_into(LR, "0.2")
    tiny.wait_for_state("Ready")
    tiny.wait(lambda: tiny.banners == [])
    assert not looks_faulty(field)
    tiny.press(Key.Key_F10)
    tiny.wait_for_step(1)


def test_show_leads_to_the_faulty_field(tiny: Person) -> None:
    tiny.type_into(LR, "fast")
    tiny.press(Key.Key_F10)
    tiny.window.centralWidget().setFocus()
    tiny.click(tiny.offer("Show"))
    assert QApplication.focusWidget() is tiny.find(QWidget, LR)


def test_several_faults_are_named_and_the_others_counted(tiny: Person) -> None:
    for name in (LR, "optimizer1_momentum", "optimizer1_dampening", "optimizer1_weight_decay"):
        tiny.type_into(name, "x")
    tiny.press(Key.Key_F10)
    (banner,) = tiny.banners
    assert banner.endswith("and 1 more")


def test_what_was_corrected_is_no_longer_asked_for(tiny: Person) -> None:
    tiny.type_into(LR, "fast")
    tiny.type_into("optimizer1_momentum", "abc")
    tiny.press(Key.Key_F10)
    assert '"fast"' in tiny.banners[0]
    tiny.type_into(LR, "0.1")
    tiny.wait(lambda: len(tiny.banners) == 1 and '"fast"' not in tiny.banners[0])
    assert '"abc"' in tiny.banners[0]
    tiny.type_into("optimizer1_momentum", "0")
    tiny.wait(lambda: tiny.banners == [])


def test_reset_is_refused_too_while_something_is_faulty(tiny: Person) -> None:
    tiny.run_steps(5)
    tiny.type_into(LR, "fast")
    tiny.press(Key.Key_R, Modifier.ControlModifier)
    assert len(tiny.banners) == 1
    assert tiny.step == 5
    assert tiny.veils() == [True] * 3


def test_an_edit_that_takes_a_reset_marks_every_view_and_run_asks(tiny: Person) -> None:
    tiny.run_steps(5)
    assert tiny.veils() == [False] * 3
    tiny.find(QWidget, "layer1_bias").click()
    tiny.wait_for_state("Faulty entries")  # the weights given know no bias
    assert tiny.veils() == [True] * 3
    tiny.find(QWidget, "layer1_bias").click()
    tiny.wait_for_state("Paused")
    assert tiny.veils() == [False] * 3


def change_precision(person: Person) -> None:
    box = person.find(QWidget, "start_dtype")
    box.setFocus()
    person.press(Key.Key_Up)
    person.wait_for_state("Edits wait for Reset")


def test_reset_and_step_does_what_was_asked_of_the_experiment_as_typed(tiny: Person) -> None:
    tiny.run_steps(5)
    change_precision(tiny)
    assert tiny.veils() == [True] * 3
    tiny.press(Key.Key_F10)
    assert len(tiny.banners) == 1
    assert tiny.step == 5
    tiny.click(tiny.offer("Reset and step"))
    tiny.wait_for_step(1)
    assert tiny.veils() == [False] * 3
    tiny.wait(lambda: tiny.banners == [])
    assert tiny.window.session.run_spec.dtype == "float32"


def test_going_on_with_the_old_one_leaves_the_mark(tiny: Person) -> None:
    tiny.run_steps(5)
    change_precision(tiny)
    tiny.press(Key.Key_F10)
    tiny.click(tiny.offer("Go on with the old one"))
    tiny.wait_for_step(6)
    assert tiny.veils() == [True] * 3


def test_a_killed_engine_is_told_and_its_run_can_be_taken_again(tiny: Person) -> None:
    tiny.run_steps(50)
    tiny.type_into(LR, "0.5")
    tiny.run_steps(50)
    tiny.type_into(LR, "0.9")
    tiny.wait(lambda: len(tiny.window.session.changes) == 2)  # made at the run's end, with no step after it
    before = tiny.loss
    half_typed = tiny.type_into("optimizer1_momentum", "0.")
    psutil.Process(tiny.window.client.pid).kill()
    tiny.wait(lambda: bool(tiny.banners))
    assert "stopped unexpectedly" in tiny.banners[0]
    assert half_typed.text() == "0."
    tiny.type_into("optimizer1_momentum", "0")
    tiny.click(tiny.offer("Return to step 100"))
    tiny.wait_for_step(100)
    assert tiny.loss == before
    assert tiny.veils() == [False] * 3
    tiny.press(Key.Key_F10)
    tiny.wait_for_step(101)
    tiny.wait(lambda: tiny.banners == [])


def silent_after_a_run(connection: Connection) -> None:
    """Answers until it is told to run; then it only takes what it is sent."""
    from engine.protocol import Frame, FrameRequest, Heartbeat, Load, Loaded, Run

    connection.send(Ready("test", ("cpu",)))
    while not isinstance(command := connection.recv(), Run):
        if isinstance(command, FrameRequest):
            connection.send(Frame(command.generation, 0, False, 0.0, (), None, None, ()))
        elif isinstance(command, Load):
            connection.send(Loaded(command.generation, ()))
        connection.send(Heartbeat())
    while True:
        connection.recv()


def test_a_hung_engine_is_told_and_started_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    person = desk.start(silent_after_a_run)
    person.wait_for_state("Ready")
    first = person.window.client.pid
    person.type_into("title", "Mine")
    person.press(Key.Key_F10)
    monkeypatch.setattr(gui.session.client, "SILENCE", 200)
    person.window.client._silence.start(200)  # from now on, not only from the next answer
    person.wait(lambda: bool(person.banners))
    assert "did not answer" in person.banners[0]
    assert person.find(QWidget, "title").text() == "Mine"
    assert person.window.client.pid != first
    monkeypatch.setattr(gui.session.client, "SILENCE", PATIENCE)


def test_an_engine_that_keeps_dying_is_started_by_the_person(desk: Desk, qtbot: QtBot) -> None:
    person = desk.start(stillborn)
    person.wait_for_state("Engine stopped")
    (banner,) = person.banners
    assert "keeps stopping" in banner
    person.window.client._serve = diy_engine  # whatever was the matter is mended
    person.click(person.offer("Start it again"))
    person.wait_for_state("Ready")
    person.wait(lambda: person.banners == [])


def failing_engine(connection: Connection) -> None:
    """Its own mistake: every step raises."""
    from engine.run.lockstep import Lockstep

    def advance(self: Lockstep, steps: int = 1) -> None:
        raise ZeroDivisionError("a mistake of ours")

    Lockstep.advance = advance
    diy_engine(connection)


def test_an_error_of_the_engine_is_told_with_its_last_line(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(failing_engine, save_experiment(tmp_path / "tiny.json"))
    person.wait_for_state("Ready")
    person.press(Key.Key_F10)
    person.wait(lambda: bool(person.banners))
    assert "a mistake of ours" in person.banners[0]
    person.click(person.offer("Details…"))
    person.press(Key.Key_Escape)


def engine_failing_in_step_8(connection: Connection) -> None:
    """What torch raises in a step of blocks: nothing of the block is recorded."""
    from engine.lane.lane import StepError
    from engine.run.lockstep import Lockstep

    advance = Lockstep.advance

    def failing(self: Lockstep, steps: int = 1) -> Any:
        if self.step + steps >= 8:
            raise StepError("SGD", "torch", 8, "float division by zero")
        return advance(self, steps)

    Lockstep.advance = failing
    diy_engine(connection)


def test_a_step_that_cannot_be_taken_is_named_and_the_step_before_it_offered(desk: Desk, tmp_path: Path) -> None:
    person = desk.start(engine_failing_in_step_8, save_experiment(tmp_path / "tiny.json"))
    person.wait_for_state("Ready")
    person.window.transport.steps.setValue(20)
    person.press(Key.Key_F8)
    person.wait(lambda: bool(person.banners))
    assert person.banners == [
        "torch raised in step 8 of SGD: float division by zero. The run has ended; nothing that you typed is lost."
    ]
    person.click(person.offer("Return to step 7"))
    person.wait_for_step(7)
    assert person.banners == []


@pytest.fixture
def banners(qtbot: QtBot) -> Banners:
    banners = Banners()
    qtbot.addWidget(banners)
    banners.show()
    return banners


def test_a_newer_message_takes_the_place_of_its_kind_alone(banners: Banners) -> None:
    for kind, text in (("file", "one"), ("engine", "two"), ("file", "three")):
        banners.show_message(kind, "error", text)
    assert [banners.text(kind) for kind in ("file", "engine", "other")] == ["three", "two", ""]


def test_an_offer_is_done_once_and_its_message_goes(banners: Banners, qtbot: QtBot) -> None:
    done: list[str] = []
    again: Callable[[], None] = lambda: banners.show_message("engine", "info", "next")  # noqa: E731
    banners.show_message("engine", "warning", "first", [("Do it", lambda: done.append("it")), ("More", again)])
    person = Person(qtbot, banners)  # type: ignore[arg-type]
    buttons = banners.findChildren(QWidget, "")
    person.click(next(button for button in buttons if getattr(button, "text", str)() == "Do it"))
    qtbot.waitUntil(lambda: banners.text("engine") == "")
    assert done == ["it"]
    again()
    assert banners.text("engine") == "next"


def read(person: Person) -> None:
    """Let the time pass that reading takes."""
    for banner in person.window.banners.findChildren(Banner):
        if banner.isVisible():
            banner._reading.timeout.emit()
    QApplication.processEvents()


def test_a_message_that_was_read_gives_its_row_back_and_can_be_seen_again(tiny: Person) -> None:
    tiny.run_steps(5)
    change_precision(tiny)
    tiny.press(Key.Key_F10)
    (banner,) = tiny.banners
    folded = tiny.find(QToolButton, "folded_messages")
    assert not folded.isVisible()
    read(tiny)
    assert tiny.banners == []
    assert folded.isVisible()
    assert folded.toolTip() == banner
    tiny.click(folded)
    assert tiny.banners == [banner]
    assert not folded.isVisible()
    tiny.click(tiny.offer("Reset and step"))
    tiny.wait_for_step(1)
    assert not folded.isVisible()


def test_a_message_that_offers_nothing_is_gone_once_it_was_read(tiny: Person, tmp_path: Path) -> None:
    tiny.window.documents.open(tmp_path / "missing.json")
    assert len(tiny.banners) == 1
    read(tiny)
    assert tiny.banners == []
    assert not tiny.find(QToolButton, "folded_messages").isVisible()


def test_one_message_at_a_time_has_a_row(tiny: Person, tmp_path: Path) -> None:
    tiny.type_into(LR, "fast")
    tiny.press(Key.Key_F10)
    (first,) = tiny.banners
    tiny.window.documents.open(tmp_path / "missing.json")
    (second,) = tiny.banners
    assert "missing.json" in second
    folded = tiny.find(QToolButton, "folded_messages")
    assert folded.toolTip() == first
    tiny.type_into(LR, "0.2")
    tiny.wait(lambda: not folded.isVisible())
    assert tiny.banners == [second]
