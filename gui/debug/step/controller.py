"""What the debugger's keys do: the cursor in a traced step, and the run around it. No widgets.

Within a trace only the cursor moves. At its ends the run is moved too: the trace shown is of the step that
the run has just taken, or of the one it takes next.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer

from engine.protocol import Change, Frame, Stopped, Traced
from engine.spec import Breakpoint, ConditionBreakpoint, ExperimentSpec

from . import cursor as moves
from .fetching import Landing, Wanted
from .shown import ShownTrace
from .stops import stop_events


def first_line(_: Traced) -> int:
    return 0


def last_line(traced: Traced) -> int:
    return max(len(traced.lines) - 1, 0)


class DebugController(ShownTrace):
    """Carry out the commands; signals are ``ShownTrace``'s. ``rate``: the pace at which Continue runs."""

    def __init__(self, session: Any, parent: QObject | None = None):
        super().__init__(session, parent)
        self.rate: Callable[[], float | None] = lambda: None
        self.breakpoints: tuple[Breakpoint, ...] = ()
        self._hits: tuple[int, ...] = ()  # how often each was met, up to the step ``_counted``
        self._counted = self._stopped_in = 0  # in the step that it is stopped in a hit counts already
        self._changes: tuple[Change, ...] = tuple(session.changes)  # of hyperparameters
        self._run_step: int = session.step  # where the run last stood still
        self._due: tuple[int, Wanted | None] | None = None  # where our own command takes the run, and what then
        self._left: tuple[int, int, int | None] | None = None  # the step and event that a run was sent on from
        self._backwards = False
        self._goes_in = False  # whether the next step is to be shown as soon as the run stands still
        session.begun.connect(self.begin)
        session.frame.connect(self._on_frame)
        session.stopped.connect(self.stop_at)
        session.changed.connect(self._on_changed)
        session.refused.connect(self._on_refused)

    @property
    def can_move(self) -> bool:
        return self.state == "ready" and not self.running and not self._was_waiting

    def set_breakpoints(self, breakpoints: Sequence[Breakpoint]) -> None:
        if tuple(breakpoints) != self.breakpoints:
            self.breakpoints = tuple(breakpoints)
            self._hits = ()

    def trace_again(self) -> None:
        """Fetch the step at hand once more, whose trace is told otherwise now."""
        if self.traced is not None or self._goal is not None or self._fetcher.waiting:
            self._outdate()
            awaited = self._goal.landing if self._goal else self._fetcher.landing
            self._want(self.step, awaited or self._same_place)

    # --- moving within the step ------------------------------------------------------------

    def go_to_stage(self, stage: int) -> None:
        if self.can_move and self.traced is not None:
            self.go_to(self.traced.stages[stage].first)

    def go_to_place(self, file: str, line: int) -> bool:
        """Go to the next time that the line runs, else the first; False where it does not run in this step."""
        if not self.can_move or self.traced is None:
            return False
        places = {(file, line)}
        event = moves.run_to_next(self.traced, self.cursor, places)
        event = moves.run_to_next(self.traced, -1, places) if event is None else event
        if event is not None:
            self.go_to(event)
        return event is not None

    def over(self) -> None:
        self._forward(moves.step_over)

    def into(self) -> None:
        self._forward(moves.step_into)

    def out(self) -> None:
        self._forward(moves.step_out)

    def stage(self) -> None:
        self._forward(moves.next_stage)

    def over_back(self) -> None:
        self._back(moves.step_over_back)

    def into_back(self) -> None:
        self._back(moves.step_into_back)

    def out_back(self) -> None:
        self._back(moves.step_out_back)

    def stage_back(self) -> None:
        self._back(moves.previous_stage)

    def _forward(self, move: moves.Move) -> None:
        if not self.can_move or self.traced is None:
            return
        self._say(None)
        if self.at_end:
            self._advance(first_line)
        else:
            self.go_to(move(self.traced, self.cursor))

    def _back(self, move: moves.Move) -> None:
        if not self.can_move or self.traced is None:
            return
        self._say(None)
        if self.cursor > 0:
            self.go_to(move(self.traced, self.cursor))
        elif self.step > 1:
            self._retreat(last_line)

    # --- moving from step to step ----------------------------------------------------------

    def next_step(self) -> None:
        """Go to the same place one training step on."""
        if self.state == "ready" and not self.running and self._due is None:
            self._say(None)
            self._advance(self._same_place)

    def previous_step(self) -> None:
        if self.state == "ready" and not self.running and self.step > 1:
            self._say(None)
            self._retreat(self._same_place)

    def show_step(self, step: int, landing: Landing | None = None, entry: int | None = None) -> None:
        """Show the trace of a recorded step, or of the next one; the whole window goes there."""
        session = self._session
        step = max(1, min(step, session.newest_step + 1))
        if step not in (self._stands_at, self._stands_at + 1):
            self._seek(min(step, session.newest_step))
        self._want(step, landing or self._same_place, entry=entry)

    def show_tensor(self, entry: int, step: int, twin: str, stage: str | None = None) -> None:
        """Show the line of a step that makes what torch names ``twin``: where a pair first differs."""

        def landing(traced: Traced) -> int:
            found = moves.making(traced, twin, stage)
            return moves.making(traced, twin) or 0 if found is None else found

        self.show_step(step, landing, entry)

    def open_next(self) -> None:
        """Show the step that the run takes next, from its first line; a run under way is paused for it."""
        if self.running:
            self._goes_in = True
            self._session.pause()
        else:
            self._want(self._stands_at + 1, first_line)

    def continue_(self) -> None:
        """Go to the next breakpoint, in this step or in a later one."""
        if not self.can_move or self.traced is None:
            return
        self._say(None)
        stops = self._stops(self.traced)
        ahead = [event for event in stops if event > self.cursor]
        if ahead:
            self._go_to_stop(self.traced, ahead[0], stops[ahead[0]])
        else:
            self._run_on(None)

    def continue_back(self) -> None:
        if not self.can_move or self.traced is None:
            return
        self._say(None)
        stops = self._stops(self.traced, backwards=True)
        behind = [event for event in stops if event < self.cursor]
        if behind:
            self._go_to_stop(self.traced, behind[-1], stops[behind[-1]])
        elif self.step > 1:
            self._backwards = True
            self._session.run_back(self.step)
        else:
            self.go_to(0)

    def _stops(self, traced: Traced, backwards: bool = False) -> dict[int, int]:
        """Backwards every hit counts, as in the engine's search."""
        if backwards:
            return stop_events(traced, self.breakpoints, [one.hits for one in self.breakpoints])
        in_this_one = int(traced.step > self._counted)
        return stop_events(traced, self.breakpoints, [count + in_this_one for count in self._hits])

    def _go_to_stop(self, traced: Traced, event: int, breakpoint_: int) -> None:
        """Go to a breakpoint within the step at hand, with the reason that the engine would give for it."""
        self.go_to(event)
        self._say(Stopped(traced.generation, traced.step, traced.entry, event, breakpoint_))

    def _advance(self, landing: Landing) -> None:
        session, following = self._session, self.step + 1
        if self.step <= self._stands_at:  # the run has taken this step: the next one can be traced
            self._want(following, landing)
        elif self.step <= session.newest_step:
            self._seek(self.step)
            self._want(following, landing)
        else:
            self._due = (self.step, Wanted(self.entry, following, landing))
            self._run_on(1)
        self._tell_waiting()

    def _retreat(self, landing: Landing) -> None:
        self._want(self.step - 1, landing)
        if self._stands_at > self.step:
            self._seek(self.step)

    @property
    def _stands_at(self) -> int:
        """Where the run stands, or is about to: keys are faster than frames."""
        return self._session.step if self._session.target is None else self._session.target

    def _seek(self, step: int) -> None:
        self._due = (step, None)
        self._session.seek(step)

    def _run_on(self, steps: int | None) -> None:
        self._left = (self.step, self.cursor, steps)
        self._session.run(steps, self.rate(), over=self._is_past_all())

    def _is_past_all(self) -> bool:
        """Whether nothing is left to stop in the step at hand, if it is the one that the run takes next."""
        if self.step <= self._stands_at or self.traced is None or not self.cursor:
            return False
        updates = [stage.first for stage in self.traced.stages if stage.name.endswith(".update")]
        conditions = any(isinstance(part, ConditionBreakpoint) and part.enabled for part in self.breakpoints)
        return not conditions or self.cursor >= min(updates, default=0)

    # --- what the run does -----------------------------------------------------------------

    def begin(self, spec: ExperimentSpec) -> None:
        """Begin with another run, at its start, or with the one at hand where the debugger is made in its midst."""
        self._fetcher.forget()
        self._due = self._left = self.reason = None
        self._hits, self._counted, self._stopped_in = (), 0, 0
        self._goes_in = False
        self._changes, self._run_step, self._backwards = tuple(self._session.changes), self._session.step, False
        if not self.has_diy(self.entry):
            self.entry = next((entry for entry in range(len(spec.optimizers)) if self.has_diy(entry)), 0)
        self._show(None, 0)
        self._want(1, first_line)

    def _on_frame(self, frame: Frame) -> None:
        if frame.step + 1 != self._stopped_in:
            self._stopped_in = 0
        self._hits, self._counted = frame.hits, self._stopped_in or frame.step
        if self.running:
            return
        moved, self._run_step = frame.step != self._run_step, frame.step
        if self._due is not None:
            step, wanted = self._due
            if frame.step == step:
                self._due = self._left = None
                if wanted is not None:
                    self._want(wanted.step, wanted.landing)
                moved = False
            elif not moved and self._session.target is not None:
                return  # from before our command
            elif not moved:
                self._due = self._left = None  # something else was done with the run meanwhile: nothing is to come
        moved = moved or self._is_astray(frame)
        if self._goes_in:
            self._goes_in, self._due, self._left, self._backwards = False, None, None, False
            self._say(None)
            self._want(frame.step + 1, first_line)
        elif moved:
            landing = first_line if self._backwards else self._same_place  # no breakpoint back to the start
            self._due, self._left, self._backwards = None, None, False
            self._say(None)
            self._want(max(frame.step, 1), landing)
        self._fetch()

    def _is_astray(self, frame: Frame) -> bool:
        """Whether the step shown is neither the one that the run has taken last nor the one that it takes next.

        As where the future that it is of was given up by a change, or a command was overtaken by another.
        """
        under_way = self._due is not None or self._session.target is not None
        return not under_way and self.step not in (frame.step, frame.step + 1)

    def stop_at(self, stopped: Stopped) -> None:
        """Show the line that the run has stopped for, before the update of a step."""
        if self._passed(stopped):
            QTimer.singleShot(0, self, self._send_on)  # once everybody has heard of the stop, so that it is over
            return
        backwards, self._backwards, self._goes_in = self._backwards, False, False
        self._left, self._due = None, (stopped.step - 1, None)
        self._stopped_in = stopped.step

        def landing(traced: Traced) -> int:
            stops = list(self._stops(traced, backwards=True)) if backwards else []
            return stops[-1] if stops else stopped.event or 0

        self._say(stopped)
        self._want(stopped.step, landing, entry=stopped.entry)

    def _send_on(self) -> None:
        if self._left is not None:
            self._session.run(self._left[2], self.rate(), over=True)

    def _passed(self, stopped: Stopped) -> bool:
        """Whether the run stopped where the person has already been: it is sent on."""
        if self._left is None or stopped.breakpoint is None or stopped.event is None:
            return False
        step, event, _ = self._left
        return stopped.step == step and stopped.event <= event

    def _on_changed(self) -> None:
        """Other hyperparameters make another next step."""
        changes = tuple(self._session.changes)
        if changes != self._changes:
            self._changes = changes
            if self.step > self._session.step or (self.traced and self.traced.step > self._session.step):
                self.trace_again()
        if self.spec is None and self.traced is not None:
            self._show(None, 0)
        self._fetch()
        self.state_changed.emit()

    def _on_refused(self) -> None:
        self._due = self._left = None
        self._tell_waiting()

    def _is_waiting(self) -> bool:
        return super()._is_waiting() or (self._due is not None and self._due[1] is not None)
