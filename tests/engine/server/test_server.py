"""The engine's server over a real pipe: what it answers, and that nothing it is told can end it."""

import pickle
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.protocol import (
    Change,
    Changed,
    CurveRequest,
    Failed,
    Frame,
    FrameRequest,
    Heartbeat,
    Load,
    Loaded,
    MapRequest,
    Pause,
    PictureRequest,
    Ready,
    Refused,
    Run,
    SetParams,
    SetRate,
)
from engine.run.lockstep import Lockstep
from engine.server.jobs import Make, job_of
from engine.server.server import Server
from engine.spec import ExperimentSpec, check
from tests.engine.experiments import optimizer, raw_article
from tests.own.experiments import raw_with
from tests.trial.swapping import exchanged, planted

PATIENCE = 120.0  # seconds: guards against an answer that never comes
NAN, INF = float("nan"), float("inf")
SPEC = check(raw_article(optimizers=[optimizer("SGD", lr=0.1), optimizer("Adam", lr=0.1)]))
WHOLE = CurveRequest(10**6)


class Window:
    """The window's end of the pipe."""

    def __init__(self, connection: Connection):
        self.connection = connection
        self.ready: Ready = self.next(Ready)

    def send(self, *commands: Any) -> None:
        for command in commands:
            self.connection.send(command)

    def next(self, *kinds: type) -> Any:
        """The next answer of one of these kinds; others are passed over, but never a failure."""
        deadline = time.monotonic() + PATIENCE
        while (left := deadline - time.monotonic()) > 0 and self.connection.poll(left):
            answer = self.connection.recv()
            if isinstance(answer, kinds):
                return answer
            assert not isinstance(answer, Failed), answer.detail
        raise AssertionError(f"no {kinds}")

    def load(self, spec: ExperimentSpec = SPEC, generation: int = 1, changes: tuple[Change, ...] = ()) -> None:
        self.send(Load(generation, spec, changes))
        self.next(Loaded)

    def frame(self, generation: int = 1, curves: Any = None, maps: Any = None) -> Frame:
        self.send(FrameRequest(generation, curves, maps))
        return self.next(Frame)

    def frame_when(self, holds: Callable[[Frame], bool], curves: Any = None) -> Frame:
        while not holds(frame := self.frame(curves=curves)):
            pass
        return frame

    def stopped(self, curves: Any = WHOLE) -> Frame:
        return self.frame_when(lambda frame: not frame.running, curves)


@contextmanager
def serving(make: Make = job_of) -> Iterator[Window]:
    """A window with a server of its own, whose jobs are made by ``make``."""
    ours, theirs = Pipe()

    def serve() -> None:
        with theirs, suppress(EOFError, BrokenPipeError, ConnectionResetError):
            Server(theirs, make).run()

    thread = threading.Thread(target=serve, name="server")
    thread.start()
    try:
        yield Window(ours)
    finally:
        ours.close()
        thread.join(PATIENCE)
    assert not thread.is_alive(), "the server did not end with the connection"


@pytest.fixture
def window() -> Iterator[Window]:
    with serving() as window:
        yield window


def losses_of(frame: Frame) -> list[list[float]]:
    assert frame.curves is not None
    return [curve.losses.tolist() for curve in frame.curves.lanes]


def expected_losses(steps: int, *changes: Change) -> list[list[float]]:
    run = Lockstep(SPEC, judge_at_once=False)
    for change in changes:
        run.advance(change.step - run.step)
        run.set_params(change.entry, change.params)
    run.advance(steps - run.step)
    return [series.values.tolist() for series in run.series]


def test_it_is_ready_with_torchs_version_and_devices_then_gives_signs_of_life(window: Window) -> None:
    assert window.ready.torch_version == version("torch")
    assert "cpu" in window.ready.devices
    window.next(Heartbeat)


def test_a_run_takes_the_steps_asked_for_and_its_losses_are_the_lockstep_s(window: Window) -> None:
    window.load()
    assert window.frame().step == 0
    window.send(Run(1, 150))
    frame = window.stopped()
    assert (frame.step, frame.generation) == (150, 1)
    assert losses_of(frame) == expected_losses(150)
    window.send(Run(1, 1))
    assert window.stopped().step == 151


def test_a_pause_stops_an_endless_run_and_a_load_begins_again(window: Window) -> None:
    window.load()
    window.send(Run(1))
    window.frame_when(lambda frame: frame.step > 3 and frame.steps_per_second > 0)
    window.send(Pause(1))
    paused = window.frame()
    assert (paused.running, paused.steps_per_second) == (False, 0)
    assert window.frame().step == paused.step
    window.load(generation=2)
    assert (again := window.frame(2)).step == 0
    assert not again.running


def test_a_rate_paces_the_run_and_can_be_changed(window: Window) -> None:
    window.load()
    window.send(Run(1, None, 1e-6))  # one step at once, the next in eleven days
    first = window.frame_when(lambda frame: frame.step > 0)
    assert (first.step, first.running) == (1, True)
    window.send(SetRate(1, None))
    window.frame_when(lambda frame: frame.step > 1)


def test_changed_params_hold_from_the_next_step_and_are_repeated_by_a_load(window: Window) -> None:
    window.load()
    window.send(Run(1, 10))
    window.stopped()
    window.send(SetParams(1, 0, {"lr": 0.5}), SetParams(1, 0, {"lr": 0.01}), SetParams(1, 1, {"lr": 0.2}))
    made = tuple(window.next(Changed).change for _ in range(3))
    assert made == (Change(10, 0, {"lr": 0.5}), Change(10, 0, {"lr": 0.01}), Change(10, 1, {"lr": 0.2}))
    window.send(Run(1, 20))
    changed = losses_of(window.stopped())
    assert changed == expected_losses(30, *made)
    assert changed != expected_losses(30)
    window.load(changes=made)
    window.send(Run(1, 30))
    assert losses_of(window.stopped()) == changed


def test_a_device_that_is_not_there_is_refused(window: Window) -> None:
    window.send(Load(1, SPEC.model_copy(update={"device": "nowhere"})))
    refused = window.next(Refused)
    assert [fault.code for fault in refused.faults] == ["device_missing"]


def test_own_code_that_nobody_agreed_to_is_refused_and_does_not_run(window: Window, tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    text = f"open({str(touched)!r}, 'w').close()\n\n\ndef sgd(w, g, lr=0.1):\n    return w - lr * g\n"
    window.send(Load(1, check(raw_with(text, "SGD"))))
    assert [fault.code for fault in window.next(Refused).faults] == ["code_not_run"]
    assert not touched.exists()


def test_commands_before_a_load_or_of_another_generation_are_dropped(window: Window) -> None:
    early = [Run(1), Pause(1), SetRate(1, 3.0), SetParams(1, 0, {"lr": 1}), FrameRequest(1, WHOLE, None)]
    window.send(*early)
    window.load(generation=2)
    window.send(*early)
    frame = window.frame(2)
    assert (frame.step, frame.running, frame.generation) == (0, False, 2)


HARMLESS = [
    Run(1, 0),
    Run(1, -5),
    Run(1, 3, INF),
    Run(1, 3, 1e308),
    Run(1, 10**400, 5e-324),
    SetRate(1, 5e-324),
    SetRate(1, 1e308),
    Pause(1),
    FrameRequest(1, CurveRequest(0), None),
    FrameRequest(1, CurveRequest(-3, (-1e9, 1e9), -1), None),
    FrameRequest(1, CurveRequest(10**400, (9.0, 2.0), 10**400), None),
    FrameRequest(1, None, MapRequest(99, "layer1.weight", "grad", (4, 4))),
    FrameRequest(1, None, MapRequest(-1, "layer1.weight", "grad", (4, 4))),
    FrameRequest(1, None, MapRequest(0, "", "", (0, -1), (-1, 10**400))),
    FrameRequest(1, None, MapRequest(0, "layer1.weight", "weight", (10**400, 10**400), (0, 0))),
    FrameRequest(1, None, MapRequest(0, "layer1.weight", "grad", (NAN, 4))),  # type: ignore[arg-type]
    FrameRequest(1, None, None, None, PictureRequest(99, "diy", "weight", 9, (4, 4), 0, 0)),
    FrameRequest(1, None, None, None, PictureRequest(0, "delta", "nonsense", -5, (0, -1), 10**400, None)),
    FrameRequest(1, None, None, None, PictureRequest(-1, "torch", "grad", 10**400, (4, 4), -1, -1)),
]


@pytest.mark.parametrize("command", HARMLESS, ids=lambda command: type(command).__name__)
def test_odd_commands_do_no_harm(window: Window, command: Any) -> None:
    window.load()
    window.send(Run(1, 5))
    window.stopped()
    window.send(command)
    if isinstance(command, FrameRequest):
        window.next(Frame)
    window.send(Pause(1))
    step = window.frame().step
    window.send(Run(1, 7))
    assert losses_of(window.stopped()) == expected_losses(step + 7)


FATAL = [
    "no command",
    None,
    Run(1, "many"),  # type: ignore[arg-type]
    Run(1, 1.5),  # type: ignore[arg-type]
    Run(1, None, 0.0),
    Run(1, None, -1.0),
    Run(1, None, NAN),
    SetRate(1, NAN),
    SetRate(1, 0),
    SetParams(1, 2, {"lr": 0.1}),
    SetParams(1, -1, {"lr": 0.1}),
    SetParams(1, 0, {"nonsense": 0.1}),
    SetParams(1, 0, None),  # type: ignore[arg-type]
    FrameRequest(1, CurveRequest(3, (NAN, NAN)), None),
    FrameRequest(1, CurveRequest(3, (0.0, INF)), None),
    FrameRequest(1, CurveRequest(3, None, NAN), None),  # type: ignore[arg-type]
    FrameRequest(1, "curves", None),  # type: ignore[arg-type]
    FrameRequest(1, None, None, None, PictureRequest(0, "nobody", "grad", 9, (4, 4))),  # type: ignore[arg-type]
    Load(1, None),  # type: ignore[arg-type]
    Load(1, SPEC, (Change("x", 0, {}), Change(1, 0, {}))),  # type: ignore[arg-type]
]


def test_what_cannot_be_done_is_told_and_never_ends_it(window: Window) -> None:
    for command in FATAL:
        window.load()
        window.send(Run(1, 5))
        window.stopped()
        window.send(command)
        assert "Traceback" in window.next(Failed).detail, command
        window.send(FrameRequest(1, None, None), Run(1))  # the run is gone
    window.load(generation=2)
    assert window.frame(2).step == 0


def test_params_that_cannot_be_are_told(window: Window) -> None:
    window.load()
    window.send(SetParams(1, 0, {"lr": "fast"}))
    assert "Traceback" in window.next(Failed).detail
    window.load()
    assert window.frame().step == 0


def test_a_message_that_cannot_be_read_is_told_and_never_ends_it(window: Window) -> None:
    for garbage in (b"garbage", b"\x80\x05cno_such_module\nNothing\n.", pickle.dumps(SPEC)[:-9] + b"."):
        window.connection.send_bytes(garbage)
        assert "Traceback" in window.next(Failed).detail
    window.load()
    assert window.frame().step == 0


def test_a_frame_holds_the_asked_for_matrix_as_it_is_at_that_step(window: Window) -> None:
    window.load()
    window.send(Run(1, 4))
    window.stopped()
    frame = window.frame(maps=MapRequest(1, "layer1.weight", "m", (99, 99), (2, 3)))
    run = Lockstep(SPEC, judge_at_once=False)
    run.advance(4)
    assert frame.maps is not None
    np.testing.assert_array_equal(frame.maps.diy, run.lanes[2].lane.states()[0]["m"])
    np.testing.assert_array_equal(frame.maps.torch, run.lanes[3].lane.states()[0]["m"])
    assert [pair.label for pair in frame.pairs] == ["SGD", "Adam"]
    assert frame.losses == tuple(run.losses)


def test_steps_are_judged_when_nothing_else_is_to_be_done_and_the_frames_say_so(window: Window) -> None:
    window.load()
    window.send(Run(1, 40, None))
    frame = window.frame_when(lambda frame: not (frame.running or frame.judging))
    assert [pair.judged for pair in frame.pairs] == [32, 32]
    assert {pair.verdict for pair in frame.pairs} == {"lockstep"}


def test_a_mistake_is_told_though_its_step_had_to_wait(window: Window) -> None:
    with exchanged([planted("optimizers/sgd.py", "weight - lr * step", "weight + lr * step")]):
        window.load(check(raw_article(optimizers=[optimizer("SGD", lr=1e-5)])))
        window.send(Run(1, None, None))
        frame = window.frame_when(lambda frame: frame.pairs[0].verdict != "lockstep")
    assert frame.pairs[0].mismatch is not None
    assert (frame.pairs[0].mismatch.step, frame.pairs[0].mismatch.stage) == (1, "layer1.update")
