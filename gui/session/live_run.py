"""The run at hand: where it stands, what it is of at each of its steps, and the ways to move it.

Nothing in here knows what is being typed. A change of the past is told to the engine like any other; what became
of the future that it replaced comes back with the frames, as branches.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.protocol import (
    HISTORY_BUDGET,
    Answer,
    Branch,
    Change,
    Changed,
    Command,
    Frame,
    FrameRequest,
    Kept,
    Load,
    Loaded,
    Pause,
    RemoveBranch,
    Run,
    RunBack,
    Seek,
    SetBreakpoints,
    SetBudget,
    SetParams,
    SetRate,
    Stopped,
)
from engine.spec import ExperimentSpec

from .branch_names import BranchNames
from .client import EngineClient
from .engine_link import EngineLink
from .frame_poller import FramePoller, Requests
from .hyperparameter_history import HyperparameterHistory, Params
from .lost_runs import Futures, LostRun

if TYPE_CHECKING:
    from gui.files.kept_runs import KeptRuns


class LiveRun(EngineLink):
    """Keep the run. ``begun`` carries the experiment of a run that stands at its start, ``frame`` each frame of it.

    ``changed`` tells that something about the run other than a frame's numbers may be different now.
    ``stopped`` tells that a breakpoint, or a number that is not finite, stopped it; ``forked`` carries the
    branch that a change of its past has made. ``taken_up`` carries what the run has of an earlier one.
    """

    begun = Signal(object)
    frame = Signal(object)
    changed = Signal()
    stopped = Signal(object)
    forked = Signal(object)
    taken_up = Signal(object)

    def __init__(self, client: EngineClient, parent: QObject | None = None):
        super().__init__(client, parent)
        self.run_spec: ExperimentSpec | None = None  # what it is of, as in force at the step shown
        self.running = False
        self.goes_back = False  # whether it runs back
        self.step = 0
        self.newest_step = 0  # the last that is recorded
        self.newest: Frame | None = None
        self.branches: tuple[Branch, ...] = ()
        self.names = BranchNames(self)
        self.stop: Stopped | None = None  # why it stands still, until it goes on
        self.asked: tuple[int | None, float | None] = (None, None)  # the steps and rate of the last Run
        self._until: int | None = None  # the step that it was to lead to
        self._returns_to: int | None = None  # the step at which a repeated run is where it was lost
        self._history: HyperparameterHistory | None = None
        self._futures = Futures()
        self._unmade = 0  # changes that were sent and are not answered yet
        self._budget = HISTORY_BUDGET
        self.kept_runs: KeptRuns | None = None  # where runs are written down; None: nowhere
        self._place: Path | None = None  # where this one is
        self._is_written = False  # whether there is something by now
        self._came_from: Path | None = None  # where it was taken up from, until it is written down itself
        self._taking_up: LostRun | None = None  # the run that is being taken up from where it was written down
        self._started = False  # whether Run was sent since a frame was asked for, so that it cannot know of it
        self._poller = FramePoller(self._send, self._is_live, self._brings_news, self)

    # --- moving it ------------------------------------------------------------------------

    def go_on(self, steps: int | None, rate: float | None, over: bool = False) -> None:
        """Take ``steps`` steps more from where it stands, None for on and on. ``over``: no breakpoint in the first."""
        self._until = None if steps is None else self._stands_at + steps
        self.running, self._started, self.stop, self.goes_back = True, True, None, False
        self._send_in_turn(Run(self._generation, steps, rate, over))
        self._poller.forget_target()
        self._poller.look()
        self.changed.emit()

    def resume(self) -> None:
        """Go on, after a stop, to where the last Run was to lead."""
        left = None if self._until is None else max(self._until - self._stands_at, 1)
        self.go_on(left, self.asked[1])

    def pause(self) -> None:
        if self.phase == "warming":  # nothing runs yet, and no frame will come to say so
            self.running = False
            self.changed.emit()
        self._send(Pause(self._generation))

    def seek(self, step: int) -> None:
        """Stand after the recorded step ``step``. Of the many that a drag passes over, the newest counts."""
        if self.run_spec is not None and self.newest_step:
            self.running = self._started = self.goes_back = False
            if self.stop is not None and step != self.stop.step - 1:
                self.stop = None  # it stands elsewhere now
            self._poller.seek(min(max(step, 0), self.newest_step))
            self.changed.emit()

    def run_back(self, step: int) -> None:
        """Go back to the last step before ``step`` that a breakpoint stops in, else to the start. Pause gives it up."""
        self.asked, self._until, self.stop = (None, self.asked[1]), None, None
        self.running = self._started = self.goes_back = True
        self._poller.forget_target()
        self._send(RunBack(self._generation, step))
        self._poller.look()
        self.changed.emit()

    def set_rate(self, rate: float | None) -> None:
        self.asked = (self.asked[0], rate)
        self._send(SetRate(self._generation, rate))

    def set_budget(self, budget: int) -> None:
        """Set how many bytes the checkpoints of this run, and of those to come, may take."""
        self._budget = budget
        if self.run_spec is not None:
            self._send(SetBudget(self._generation, budget))

    def remove_branch(self, number: int) -> None:
        self._futures.forget(number)
        self._send(RemoveBranch(self._generation, number))
        self.look()

    def set_hushed(self, is_hushed: bool) -> None:
        from .hush import is_of_pair  # which most sessions do without

        super().set_hushed(is_hushed)
        if self.run_spec is not None and any(map(is_of_pair, self.run_spec.breakpoints)):
            self._send(SetBreakpoints(self._generation, self.run_spec.breakpoints))
        self.look()

    def look(self) -> None:
        """Ask for a frame at the next tick: something else is to be seen."""
        self._poller.look()

    def name_again(self) -> None:
        """Name the branches once more: what they had is told in words."""
        for branch in self.branches:
            if self._history and self.run_spec:
                self.names.add(branch, self._history.at(self.run_spec, branch.start))

    # --- what can be read of it -----------------------------------------------------------

    @property
    def requests(self) -> Requests:
        """Return what says what the next frame should carry."""
        return self._poller.requests

    @requests.setter
    def requests(self, requests: Requests) -> None:
        self._poller.requests = requests

    @property
    def target(self) -> int | None:
        """Return the step that was asked for and that no frame shows yet."""
        return self._poller.target

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return all that was changed in it, up to its newest step."""
        return tuple(self._history.changes) if self._history else ()

    @property
    def start_spec(self) -> ExperimentSpec | None:
        """Return the experiment that the run began with."""
        return self._history.start_of(self.run_spec) if self._history and self.run_spec else None

    @property
    def _stands_at(self) -> int:
        return self.step if self.target is None else self.target

    def _as_lost(self, end: int | None = None) -> LostRun | None:
        """Return what it takes to have it again, to its newest step or to ``end``; None where that is no step."""
        start, step = self.start_spec, self.newest_step if end is None else end
        if start is None or not step:
            return None
        changes = tuple(change for change in self.changes if end is None or change.step <= end)
        lost = LostRun(start, changes, step, self._futures.all, self.names.given)
        place = self._place if self._is_written else self._came_from
        if place is not None:
            return lost._replace(place=place)
        return lost.from_start if lost.from_start.step else None

    # --- the engine's side ----------------------------------------------------------------

    def _load(self, spec: ExperimentSpec, again: LostRun | None = None) -> None:
        """Begin another run; one that is had ``again`` is held up by no breakpoint on the way to where it was."""
        self._generation += 1
        place = None if again is None else again.place
        changes, futures = (again.changes, again.futures) if again is not None else ((), ())
        self._history, self._futures = HyperparameterHistory(spec, changes, made=place is not None), Futures(futures)
        self._taking_up = None if place is None else again
        self.step = self.newest_step = self._unmade = 0
        self.newest, self.stop, self._returns_to = None, None, None if again is None else again.step
        if again is not None and place is not None:
            self.step, self.newest_step = again.step if again.at is None else again.at, again.step
            self._returns_to = None
        self.run_spec = self._history.at(spec, self.step)
        self.running = self.goes_back = False
        self.branches = ()
        self.names.clear({} if again is None else again.names)
        self._poller.begin(self._generation)
        sent = spec if again is None or place is not None else spec.model_copy(update={"breakpoints": ()})
        self._came_from = place
        self._place, self._is_written = None if self.kept_runs is None else self.kept_runs.new(), False
        past, keep = (None if one is None else str(one) for one in (place, self._place))
        known = again is not None and again.is_known
        agreed = bool(spec.code)
        self._send(Load(self._generation, sent, changes, self._budget, futures, agreed, past, keep, known))
        self.begun.emit(spec)
        self.look()

    def _on_loaded(self, loaded: Loaded) -> None:
        """Take down what the run has of an earlier one; the last of its steps are taken once more."""
        taken, lost, self._taking_up = loaded.taken_up, self._taking_up, None
        self._clear_places()
        if taken is None or self._history is None or self.run_spec is None:
            return
        self._history.changes = list(taken.changes)
        self._futures = Futures(taken.futures)
        self.step, self.newest_step = taken.step, taken.newest
        self._set_run_spec(self._history.at(self.run_spec, self.step))
        self.taken_up.emit(taken)
        if lost is not None and lost.at is None and lost.step > taken.newest:
            self._returns_to = lost.step
            self._send(SetBreakpoints(self._generation, ()))
            self._until = lost.step
            self.running = self._started = True
            self._send(Seek(self._generation, taken.newest))
            self._send(Run(self._generation, lost.step - taken.newest))
        self.look()

    def _clear_places(self) -> None:
        """Remove what was written down of runs that nobody can ask for any more."""
        if self.kept_runs is not None:
            self.kept_runs.clear(but=(self._place, self._came_from, *self._places_wanted()))

    def _places_wanted(self) -> list[Path | None]:
        """Return where runs are written down that the person may want again."""
        return []

    def _change(self, entry: int, params: Params) -> None:
        self._unmade += 1
        self._send_in_turn(SetParams(self._generation, entry, params))

    def _send(self, command: Command) -> None:
        if isinstance(command, FrameRequest):
            self._started = False
        super()._send(command)

    def _send_in_turn(self, command: Command) -> None:
        """Send what is meant for the step that was asked for, after that."""
        self._poller.send_target()
        self._send(command)

    def _brings_news(self) -> bool:
        """Whether the next frame may tell more: steps up to the one shown may still be judged, branches come back."""
        is_judged = self.newest is not None and self.newest.judging
        return self.running or is_judged or self._futures.lacks(self.branches)

    def _is_live(self) -> bool:
        return self.phase == "ready" and self.run_spec is not None

    def _on_answer(self, answer: Answer) -> None:
        if isinstance(answer, Frame):
            self._on_frame(answer)
        elif isinstance(answer, Kept):
            self._is_written, self._came_from = True, None
            self._clear_places()
        elif isinstance(answer, Changed):
            self._on_changed(answer.change)
        elif isinstance(answer, Stopped):
            self._on_stopped(answer)

    def _on_frame(self, frame: Frame) -> None:
        self._poller.came()
        running = self._started or (frame.running and self.target is None)
        news = running != self.running
        self.newest, self.step, self.running = frame, frame.step, running
        self.goes_back = self.goes_back and running
        self.newest_step = max(frame.newest, frame.step)
        self._take_branches(frame.branches)
        self._show_step()
        self._end_return()
        self.frame.emit(frame)
        if news:
            self.changed.emit()

    def _take_branches(self, branches: tuple[Branch, ...]) -> None:
        known = {branch.number for branch in self.branches}
        self.branches = branches
        for branch in branches:
            if branch.number not in known and self._history and self.run_spec:
                self.names.add(branch, self._history.at(self.run_spec, branch.start))
                if not self._futures.knows(branch):  # else it has come back
                    self._forget_stop_after(branch.start)
                    self.forked.emit(branch)
        self._futures.note_branches(branches)

    def _forget_stop_after(self, step: int) -> None:
        """Where it has stopped is in a future that it no longer has."""
        if self.stop is not None and self.stop.step > step + 1:
            self.stop = None
            self.changed.emit()

    def _show_step(self) -> None:
        """Take as the run's what is in force at the step shown; a change under way is in no list yet."""
        if self._history and self.run_spec and not self._unmade:
            self._set_run_spec(self._history.at(self.run_spec, self.step))

    def _set_run_spec(self, spec: ExperimentSpec) -> None:
        self.run_spec = spec

    def _end_return(self) -> None:
        """End the return: the run has come to where it was lost, or was paused: breakpoints count again."""
        if self._returns_to is not None and not self.running and self.run_spec:
            self._returns_to = None
            self._send(SetBreakpoints(self._generation, self.run_spec.breakpoints))

    def _on_changed(self, change: Change) -> None:
        assert self._history is not None
        repeated = self._history.repeats
        self._futures.note_change(change, self._history.changes)
        self._history.made(change)
        self._unmade -= 0 if repeated or change.code else 1
        self.look()
        self.changed.emit()

    def _on_stopped(self, stop: Stopped) -> None:
        self.step = stop.step - 1
        self.newest_step = max(self.newest_step, self.step)  # no frame may have come yet
        self.running = self._started = self.goes_back = False
        self.look()
        if self._returns_to is not None:
            self.go_on(max(self._returns_to - self.step, 1), None)
            return
        self.stop = stop
        self.changed.emit()
        self.stopped.emit(stop)
