"""The engine process: takes the window's commands, steps, and answers with frames.

It steps in slices of a few milliseconds and looks at its mail between two of them, so a pause takes
effect at once; a way back in time is gone in such slices too, and so is work in the background. When
the window's end of the connection closes, it ends too.
"""

import contextlib
import multiprocessing
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.backends import torch_facts, warm_up
from engine.backends.read_numbers import with_numbers
from engine.lane.lane import StepError
from engine.pace import SLICE, Pace, TimeBudget
from engine.protocol import (
    Answer,
    Change,
    Changed,
    CodeRefused,
    CodeVerdict,
    Explain,
    Explained,
    Failed,
    FrameRequest,
    Heartbeat,
    JobCommand,
    Kept,
    Load,
    Loaded,
    LookAtValue,
    NoteEnd,
    Pause,
    Ready,
    Refused,
    RemoveBranch,
    Run,
    RunBack,
    Seek,
    SetBreakpoints,
    SetBudget,
    SetCode,
    SetParams,
    SetRate,
    StepFailed,
    TraceStep,
    ValueMaps,
    receive_message,
)
from engine.run.breakpoint_monitor import Hit
from engine.run.lockstep import Lockstep
from engine.run.seek import Seeker
from engine.spec import ExperimentError, ExperimentSpec, Fault, code_of
from engine.trace.sources import load_textbook

from .code_desk import desk
from .debugger import Debugger
from .frames import Frames
from .futures import taken_again
from .job_queue import JobQueue
from .jobs import JOBS, Make, job_of
from .malloc import keep_freed_memory
from .stop_message import stopped
from .versions import versions_of

if TYPE_CHECKING:
    from engine.kept_run.past import Part

    from .keeping import Keeper
    from .own_code import Found, Settling

HEARTBEAT_EVERY = 0.5  # seconds between two signs of life
JUDGING_SHARE = 0.05  # of a run's time may go into judging its steps; the rest waits until nothing is stepped
FRAME_SHARE = 0.15  # of a run's time may go into frames; large matrices take milliseconds each


def serve(connection: Connection) -> None:
    """Answer the window until it hangs up. The target of the engine's process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the window's business
    keep_freed_memory()
    multiprocessing.current_process().daemon = False  # own code is tried in processes of this one's
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        Server(connection).run()


class Server:
    def __init__(self, connection: Connection, make: Make = job_of):
        self._connection = connection
        self._sending = threading.Lock()
        self._ended = threading.Event()
        self._generation = -1
        self._run: Lockstep | None = None
        self._debugger: Debugger | None = None
        self._changes: list[Change] = []  # those of a run repeated that the window waits for
        self._again: Iterator[None] | None = None  # its branches, as they are taken once more
        self._settling: Settling | None = None  # the experiment that is on its way to be the run
        self._held: list[Any] = []  # commands for the run that is on its way
        self._code_watch: contextlib.ExitStack | None = None
        self._past: Part | None = None  # of the run that is on its way: what it takes up
        self._keeper: Keeper | None = None  # writes the run down
        self._pace = Pace()
        self._seeker = Seeker(self._stop)
        self._job_queue = JobQueue(self._send, make)
        self._devices: tuple[str, ...] = ()
        self._frames: Frames | None = None
        self._asked: FrameRequest | None = None  # waits for its turn
        self._frame_time = TimeBudget(FRAME_SHARE)
        self._judging_time = TimeBudget(JUDGING_SHARE)
        self._on: dict[type, Callable[[Any, Lockstep], None]] = {
            Run: self._start,
            SetRate: lambda command, run: self._pace.set_rate(run.step, command.rate),
            Pause: lambda *_: self._pause(),
            Seek: self._seek,
            RunBack: self._run_back,
            SetParams: self._set_params,
            SetCode: self._set_code,
            SetBreakpoints: self._set_breakpoints,
            SetBudget: lambda command, run: run.set_budget(command.budget),
            RemoveBranch: lambda command, run: run.branches.remove(command.branch),
            FrameRequest: self._ask,
            TraceStep: self._trace,
            LookAtValue: self._look,
            Explain: self._explain,
        }

    def run(self) -> None:
        heartbeats = threading.Thread(target=self._send_heartbeats, name="heartbeat", daemon=True)
        heartbeats.start()
        try:
            version, self._devices = torch_facts()
            warm_up()
            self._send(Ready(version, self._devices, load_textbook()))
            while True:
                self._take_mail()
                self._guarded(self._take_settled)
                self._slice()
                self._judge()
                self._guarded(self._take_again)
                self._guarded(self._answer_frame)
                self._keep()
                self._job_queue.work(beside_run=self._is_hurried)
        finally:
            self._ended.set()
            if self._keeper is not None:  # the window is gone, and may be again
                self._keeper.flush()
            self._job_queue.close()
            desk.close()
            heartbeats.join()

    def _send_heartbeats(self) -> None:
        with contextlib.suppress(OSError):
            while not self._ended.wait(HEARTBEAT_EVERY):
                self._send(Heartbeat())

    def _send(self, answer: Answer) -> None:
        with self._sending:
            self._connection.send(answer)

    def _take_mail(self) -> None:
        """Handle all commands that have come; wait for one while there is nothing to step."""
        while self._connection.poll(self._patience()):
            self._guarded(self._handle_next)
            self._guarded(self._answer_frame)  # before waiting for more mail

    def _patience(self) -> float | None:
        """How long to wait for mail: no time while there is something to do, forever while there is nothing."""
        waits = self._again is not None or (self._run is not None and len(self._run.docket) > 0)
        if self._seeker.is_under_way or self._job_queue.is_busy or waits or self._settling is not None:
            return 0
        pause = self._pace.pause(self._run.step if self._run else 0)
        wait = None if self._keeper is None or pause == 0 else self._keeper.wait(hurried=self._pace.running)
        return min((one for one in (pause, wait) if one is not None), default=None)

    def _keep(self) -> None:
        """Write down what is new of the run, a part of it now and then."""
        if self._keeper is not None and self._keeper.work(self._is_hurried) and self._keeper.written is not None:
            self._send(Kept(self._generation, self._keeper.written))

    @property
    def _is_hurried(self) -> bool:
        """Whether the run waits for all else that is done."""
        return self._seeker.is_under_way or self._pace.pause(self._run.step if self._run else 0) == 0

    def _guarded(self, action, *arguments) -> None:
        """Report an error, ours or of a lane in a step, as the run's end; it never ends the process."""
        try:
            action(*arguments)
        except (EOFError, OSError):
            raise
        except Exception as error:
            if self._stands_before(error):
                return
            self._let_go(keep=True)
            at = StepFailed(*error.args) if isinstance(error, StepError) else None
            self._send(Failed(self._generation, traceback.format_exc(), at))

    def _stands_before(self, error: Exception) -> bool:
        """Whether own code has raised this, and the run stands before that step: nothing is lost."""
        if not isinstance(error, StepError) or self._run is None:
            return False
        self._pace.stop()
        self._seeker.forget()
        from .own_code import stopped_by_code  # which most runs have none of

        told = stopped_by_code(self._generation, error, self._run)
        if told is not None:
            self._send(told)
        return told is not None

    def _handle_next(self) -> None:
        self._handle(receive_message(self._connection))

    def _handle(self, command: Any) -> None:
        if isinstance(command, Load):
            self._load(command)
        elif isinstance(command, NoteEnd):
            from .own_code import note_end

            note_end(command)
        elif isinstance(command, JobCommand) or type(command) in JOBS:
            of_this_run = getattr(command, "generation", None) == self._generation
            self._job_queue.take(command, self._run if of_this_run else None)
        elif command.generation == self._generation and self._settling is not None:
            self._held.append(command)
        elif command.generation == self._generation and self._run is not None:
            if not isinstance(command, (Pause, FrameRequest)):
                self._seeker.arrive()
            self._on[type(command)](command, self._run)

    def _load(self, load: Load) -> None:
        self._let_go()
        self._job_queue.end_run()
        self._generation, self._asked = load.generation, None
        if load.spec.device not in self._devices:
            fields = {"given": load.spec.device, "known": ", ".join(self._devices)}
            self._send(Refused(load.generation, (Fault(("device",), "device_missing", fields),)))
            return
        try:
            load = load._replace(spec=with_numbers(load.spec).spec)
        except ExperimentError as error:
            self._send(Refused(load.generation, error.faults))
            return
        if code_of(load.spec) and not load.agreed:
            self._send(Refused(load.generation, (Fault(("code",), "code_not_run"),)))
            return
        if load.past is not None and not self._read_past(load):
            return
        if not code_of(load.spec):
            self._begin(load, load.spec)
        else:
            from .own_code import Settling

            changes = load.changes if self._past is None else (*self._past.changes, *load.changes)
            self._settling = Settling(load, versions_of(load.spec, changes))

    def _read_past(self, load: Load) -> bool:
        """Read what the run is to take up; False, where that cannot be, which is told."""
        from engine.kept_run.files import read_past
        from engine.session_file import Damaged

        try:
            self._past = read_past(Path(load.past or ""))
        except Damaged as error:
            self._send(Refused(load.generation, (Fault((), error.code, error.fields),)))
        return self._past is not None

    def _begin(self, load: Load, spec: ExperimentSpec, code: tuple[CodeVerdict, ...] = (), notes: Any = ()) -> None:
        """Begin the run of an experiment whose own code, if it has any, is settled."""
        if code_of(spec):
            from .own_code import watching

            self._code_watch = watching(spec, load.budget)
        past, self._past = self._past, None
        changes = load.changes if past is None else past.changes
        self._changes = sorted(changes, key=lambda change: change.step) if past is None else []  # the last one counts
        run = Lockstep(spec, budget=load.budget, changes=changes, judge_at_once=False)
        run.changes.typed = load.spec
        run.start_watching().set_breakpoints(spec.breakpoints)
        taken, missing = None, load.futures if past is None else ()
        if past is not None:
            from .taking_up import taken_up

            try:
                taken, missing = taken_up(load, run, past)
            except ExperimentError as error:
                self._send(Refused(load.generation, error.faults))
                return
        self._run = run
        self._again = taken_again(spec, missing, run) if missing else None
        self._debugger, self._frames = Debugger(run), Frames(run)
        if load.keep is not None:
            from .keeping import Keeper

            self._keeper = Keeper(run, load.spec, Path(load.keep))
        self._send(Loaded(load.generation, tuple(lane.id for lane in run.lanes), code, notes, taken))
        if taken is not None:
            self._seeker.seek(run, taken.step)

    def _take_settled(self) -> None:
        """Go on with what waited for own code to be settled."""
        found = self._settling.look() if self._settling is not None else None
        if found is not None and self._settling is not None:
            command, self._settling = self._settling.command, None
            held, self._held = self._held, []
            if isinstance(command, SetCode) and not self._go_on_with_code(command, found):
                held = [one for one in held if not isinstance(one, Run)]
            elif isinstance(command, Load):
                self._go_on_settled(command, found)
            for one in held:
                self._guarded(self._handle, one)

    def _go_on_settled(self, command: Load, found: "Found") -> None:
        if found.settled is None:
            self._send(Refused(command.generation, found.faults))
        else:
            from .own_code import verdicts_of

            self._begin(command, found.settled.spec, verdicts_of(found.settled), found.settled.notes)

    def _let_go(self, keep: bool = False) -> None:
        """There is no run any more; ``keep``: it may be wanted again as far as it has come."""
        if self._settling is not None:
            self._settling.close()
        self._settling, self._held = None, []
        if self._code_watch is not None:
            self._code_watch.close()
            self._code_watch = None
        if self._keeper is not None:
            self._keeper.flush() if keep else self._keeper.close()
        self._keeper = self._past = None
        self._run = self._debugger = self._frames = self._again = None
        self._seeker.forget()
        self._pace.stop()

    def _ask(self, request: FrameRequest, _: Lockstep) -> None:
        self._asked = request

    def _set_params(self, command: SetParams, run: Lockstep) -> None:
        if run.set_params(command.entry, command.params) is not None:
            self._changes.clear()  # they were of the future that is now a branch
        self._send(Changed(self._generation, Change(run.step, command.entry, command.params)))

    def _set_breakpoints(self, command: SetBreakpoints, run: Lockstep) -> None:
        assert run.monitor is not None
        run.monitor.set_breakpoints(command.breakpoints)

    def _trace(self, command: TraceStep, _: Lockstep) -> None:
        assert self._debugger is not None
        self._send(self._debugger.trace(command))

    def _look(self, command: LookAtValue, _: Lockstep) -> None:
        assert self._debugger is not None
        try:
            self._send(self._debugger.look(command))
        except LookupError:  # of a step that is in a branch by now
            self._send(ValueMaps(command, None))

    def _explain(self, command: Explain, _: Lockstep) -> None:
        assert self._debugger is not None
        try:
            self._send(self._debugger.explain(command))
        except LookupError:
            self._send(Explained.nothing(command))

    # --- stepping ----------------------------------------------------------------------------

    def _start(self, command: Run, run: Lockstep) -> None:
        assert run.monitor is not None
        if command.over:
            run.monitor.go_over(run.step + 1)
        ends = [run.step + command.steps] if command.steps is not None else []
        ends += [] if run.ends is None else [run.ends]
        self._pace.start(run.step, min(ends, default=None), command.rate)

    def _slice(self) -> None:
        """Step for a slice of time, or for as long as the pace has steps due; or go on with a way in time."""
        run = self._run
        if run is None:
            return
        if self._seeker.is_under_way:
            self._guarded(self._seeker.go_on)
        elif self._pace.running:
            end = time.perf_counter() + SLICE
            while (due := self._pace.due(run.step)) > 0:
                self._guarded(self._advance, run, due)
                if self._run is None or time.perf_counter() >= end:
                    break
            self._pace.mark(run.step)

    def _advance(self, run: Lockstep, steps: int) -> None:
        """Up to ``steps`` steps, and what is to be told of them."""
        before, began = run.step, time.perf_counter()
        hit = run.advance(steps)
        self._pace.took(max(run.step - before, 1), time.perf_counter() - began)
        self._tell_changes(run)
        if hit is not None:
            self._stop(hit, run)

    def _set_code(self, command: SetCode, _: Lockstep) -> None:
        from .own_code import Settling

        self._pace.stop()
        self._settling = Settling(command)

    def _go_on_with_code(self, command: SetCode, found: "Found") -> bool:
        """Have the run go on with other own code; False where it cannot, which is told."""
        from .own_code import changed_code

        told, changes = changed_code(command, found, self._run)
        if told is not None:
            self._send(told)
            return False
        if not changes:
            self._send(CodeRefused(self._generation, ()))
            return True
        self._changes.clear()
        for change in changes:
            self._send(Changed(self._generation, change))
        return True

    def _take_again(self) -> None:
        """Repeat a part of a branch of the run."""
        if self._again is not None:
            try:
                next(self._again)
            except StopIteration:
                self._again = None

    def _tell_changes(self, run: Lockstep) -> None:
        """Those of the run repeated that were made by the step reached."""
        while self._changes and self._changes[0].step <= run.step:
            self._send(Changed(self._generation, self._changes.pop(0)))

    def _stop(self, hit: Hit, run: Lockstep) -> None:
        assert self._debugger is not None
        self._pace.stop()
        self._send(stopped(self._generation, hit, run, self._debugger))

    def _judge(self) -> None:
        """Judge steps that wait for it: in idle moments, and in a small share of those that are not."""
        run = self._run
        if run is None or not len(run.docket) or (self._is_hurried and not self._judging_time.is_due):
            return
        began = time.perf_counter()
        while self._run is not None and len(run.docket) and time.perf_counter() - began < SLICE:
            self._guarded(run.docket.work)
        self._judging_time.took(time.perf_counter() - began)

    # --- going back and forth ----------------------------------------------------------------

    def _seek(self, command: Seek, run: Lockstep) -> None:
        self._pace.stop()
        self._seeker.seek(run, command.step)

    def _run_back(self, command: RunBack, run: Lockstep) -> None:
        self._pace.stop()
        self._seeker.search_back(run, command.step)

    def _pause(self) -> None:
        self._pace.stop()
        self._seeker.give_up_search()

    # --- frames ------------------------------------------------------------------------------

    def _answer_frame(self) -> None:
        """Answer a request for a frame: at once when no step is due, else in its turn."""
        if self._asked is None or self._run is None or self._frames is None or self._seeker.is_under_way:
            return
        if self._pace.pause(self._run.step) == 0 and not self._frame_time.is_due:
            return
        began = time.perf_counter()
        request, self._asked = self._asked, None
        self._send(self._frames.answer(request, self._pace))
        self._frame_time.took(time.perf_counter() - began)
