"""The engine process: takes the window's commands, steps, and answers with frames.

It steps in slices of a few milliseconds and looks at its mail between two of them, so a pause takes
effect at once. When the window's end of the connection closes, it ends too.
"""

import contextlib
import signal
import threading
import time
import traceback
from collections import deque
from multiprocessing.connection import Connection

from engine.frames import curves, maps
from engine.lane import torch_facts, warm_up
from engine.lockstep import Lockstep
from engine.memory import keep_freed_memory
from engine.protocol import (
    Answer,
    Beat,
    Change,
    Changed,
    Command,
    Failed,
    Frame,
    FrameRequest,
    Load,
    Loaded,
    Pause,
    Ready,
    Refused,
    Run,
    SetParams,
    SetRate,
)
from engine.spec import Fault

SLICE = 0.008  # seconds of stepping between two looks at the mail
BEAT = 0.5  # seconds between two signs of life
FRAME_SHARE = 0.15  # of a run's time may go into frames; large matrices take milliseconds each
RATE_SPAN = 1.0  # seconds over which steps a second are averaged
SLOWEST, FASTEST = 1e-9, 1e9  # steps a second; a rate above is no limit
LONGEST_WAIT = 60.0  # seconds between two looks at the clock, at however slow a rate


def serve(connection: Connection) -> None:
    """Answer the window until it hangs up. The target of the engine's process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the window's business
    keep_freed_memory()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        Server(connection).run()


class Server:
    def __init__(self, connection: Connection):
        self._connection = connection
        self._sending = threading.Lock()
        self._ended = threading.Event()
        self._generation = -1
        self._run: Lockstep | None = None
        self._changes: list[Change] = []
        self._pace = Pace()
        self._devices: tuple[str, ...] = ()
        self._asked: FrameRequest | None = None  # waits for its turn
        self._next_frame = 0.0  # the time from which a run may be held up by a frame again

    def run(self) -> None:
        beats = threading.Thread(target=self._beat, name="beat", daemon=True)
        beats.start()
        try:
            version, self._devices = torch_facts()
            warm_up()
            self._send(Ready(version, self._devices))
            while True:
                self._take_mail()
                self._slice()
                self._guarded(self._answer_frame)
        finally:
            self._ended.set()
            beats.join()

    def _beat(self) -> None:
        with contextlib.suppress(OSError):
            while not self._ended.wait(BEAT):
                self._send(Beat())

    def _send(self, answer: Answer) -> None:
        with self._sending:
            self._connection.send(answer)

    def _take_mail(self) -> None:
        """Handle all commands that have come; wait for one while there is nothing to step."""
        while self._connection.poll(self._pace.pause(self._run.step if self._run else 0)):
            self._guarded(self._handle_next)
            self._guarded(self._answer_frame)  # before waiting for more mail

    def _guarded(self, action, *arguments) -> None:
        """An error of ours ends the run and is told; it never ends the process."""
        try:
            action(*arguments)
        except (EOFError, OSError):
            raise
        except Exception:
            self._run = None
            self._pace.stop()
            self._send(Failed(self._generation, traceback.format_exc()))

    def _handle_next(self) -> None:
        command: Command = self._connection.recv()
        self._handle(command)

    def _handle(self, command: Command) -> None:
        if isinstance(command, Load):
            self._load(command)
        elif command.generation != self._generation or self._run is None:
            return
        elif isinstance(command, Run):
            last = None if command.steps is None else self._run.step + command.steps
            self._pace.start(self._run.step, last, command.rate)
        elif isinstance(command, SetRate):
            self._pace.set_rate(self._run.step, command.rate)
        elif isinstance(command, Pause):
            self._pace.stop()
        elif isinstance(command, SetParams):
            self._set_params(command, self._run)
        elif isinstance(command, FrameRequest):
            self._asked = command

    def _load(self, load: Load) -> None:
        self._generation, self._run, self._asked = load.generation, None, None
        self._pace.stop()
        if load.spec.device not in self._devices:
            fields = {"given": load.spec.device, "known": ", ".join(self._devices)}
            self._send(Refused(load.generation, (Fault(("device",), "device_missing", fields),)))
            return
        self._changes = sorted(load.changes, key=lambda change: change.step)  # stable: the last one counts
        self._run = Lockstep(load.spec)
        self._send(Loaded(load.generation, tuple(lane.id for lane in self._run.lanes)))

    def _set_params(self, command: SetParams, run: Lockstep) -> None:
        run.set_params(command.entry, command.params)
        self._send(Changed(self._generation, Change(run.step, command.entry, command.params)))

    def _slice(self) -> None:
        """Step for a slice of time, or for as long as the pace has steps due."""
        run = self._run
        if run is None or not self._pace.running:
            return
        end = time.perf_counter() + SLICE
        while (due := self._pace.due(run.step)) > 0:
            self._guarded(self._advance, run, due)
            if self._run is None or time.perf_counter() >= end:
                break
        self._pace.mark(run.step)

    def _advance(self, run: Lockstep, steps: int) -> None:
        """Up to ``steps`` steps, stopping where a change is to be made."""
        self._make_changes(run)
        if self._changes:
            steps = min(steps, self._changes[0].step - run.step)
        began = time.perf_counter()
        run.advance(steps)
        self._pace.took(steps, time.perf_counter() - began)
        self._make_changes(run)  # now, not with the next step: what is changed by then comes after them

    def _make_changes(self, run: Lockstep) -> None:
        """Those of the run repeated that were made by the step reached."""
        while self._changes and self._changes[0].step <= run.step:
            change = self._changes.pop(0)
            run.set_params(change.entry, change.params)
            self._send(Changed(self._generation, change))

    def _answer_frame(self) -> None:
        """Answer a request for a frame: at once when no step is due, else in its turn."""
        if self._asked is None or self._run is None:
            return
        began = time.perf_counter()
        if self._pace.pause(self._run.step) == 0 and began < self._next_frame:
            return
        request, self._asked = self._asked, None
        self._send(self._frame(request, self._run))
        taken = time.perf_counter() - began
        self._next_frame = began + taken / FRAME_SHARE

    def _frame(self, request: FrameRequest, run: Lockstep) -> Frame:
        return Frame(
            generation=self._generation,
            step=run.step,
            running=self._pace.running,
            steps_per_second=self._pace.steps_per_second,
            losses=tuple(float(loss) for loss in run.losses),
            curves=None if request.curves is None else curves(run, request.curves),
            maps=None if request.maps is None else maps(run, request.maps),
            pairs=run.parity(),
        )


class Pace:
    """When to step: how many steps are due now, and how long to wait when none is."""

    def __init__(self) -> None:
        self.running = False
        self._last: int | None = None
        self._rate: float | None = None
        self._origin = (0.0, 0)  # the time and step from which a rate is counted
        self._step_time = SLICE  # what a step takes, measured
        self._marks: deque[tuple[float, int]] = deque()

    @staticmethod
    def _checked(rate: float | None) -> float | None:
        """A rate beyond what can be reached is flat out. Raises ValueError where it is none."""
        if rate is not None and not rate > 0:
            raise ValueError(f"a rate must be above 0, not {rate}")
        return None if rate is None or rate > FASTEST else max(rate, SLOWEST)

    def start(self, step: int, last: int | None, rate: float | None) -> None:
        """Run from ``step`` to ``last``; at a rate, the first step is due at once."""
        rate = self._checked(rate)
        if not self.running:
            self._marks.clear()
            self.mark(step)
        self.running, self._last, self._rate = last is None or last > step, last, rate
        self._origin = (time.perf_counter() - (1 / rate if rate else 0), step)

    def set_rate(self, step: int, rate: float | None) -> None:
        self._rate, self._origin = self._checked(rate), (time.perf_counter(), step)

    def stop(self) -> None:
        self.running = False

    def due(self, step: int) -> int:
        """How many steps to take in one go now: those that fit a slice, or that the rate asks for."""
        if self._last is not None and step >= self._last:
            self.running = False
        if not self.running:
            return 0
        due = max(1, int(SLICE / max(self._step_time, 1e-7)))
        if self._rate is not None:
            due = min(due, self._wanted() - step)
        return due if self._last is None else min(due, self._last - step)

    def _wanted(self) -> int:
        """The step that a run at the rate would have reached; never so far behind that it must race."""
        assert self._rate is not None
        began, step = self._origin
        return step + int((time.perf_counter() - began) * self._rate)

    def took(self, steps: int, seconds: float) -> None:
        """Learn what a step takes: quickly when it got slower, gently when faster."""
        each = seconds / max(steps, 1)
        self._step_time = max(each, 0.5 * self._step_time + 0.5 * each)

    def pause(self, step: int) -> float | None:
        """How long to wait for mail at ``step``: no time while steps are due, forever when paused."""
        if not self.running:
            return None
        if self._rate is None:
            return 0
        began, first = self._origin
        next_due = began + (step + 1 - first) / self._rate
        return min(max(next_due - time.perf_counter(), 0), LONGEST_WAIT)

    def mark(self, step: int) -> None:
        """Remember where the run stands now, for its speed."""
        now = time.perf_counter()
        self._marks.append((now, step))
        while len(self._marks) > 2 and now - self._marks[0][0] > RATE_SPAN:
            self._marks.popleft()

    @property
    def steps_per_second(self) -> float:
        """Over the last second; 0 when paused."""
        if not self.running or len(self._marks) < 2:
            return 0.0
        (began, first), (now, last) = self._marks[0], self._marks[-1]
        return (last - first) / (now - began) if now > began else 0.0
