"""The traced step on screen, its cursor, and how another one takes its place. No widgets."""

from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from engine.protocol import Stopped, Traced
from engine.spec import ExperimentSpec

from . import cursor as moves
from .fetching import Landing, TraceFetcher, Wanted

State = Literal["loading", "failed", "no_experiment", "torch_only", "fetching", "nothing", "ready"]


class ShownTrace(QObject):
    """Keep the trace that is shown. ``session``: what ``gui.session.session.Session`` offers.

    ``traced_changed`` carries another Traced (None: there is none any more), ``cursor_changed`` the event that the
    cursor is at, ``looked_changed`` the event of the stack's frame that is looked at, ``waiting`` whether a trace or
    the run is being waited for. ``state_changed``: ``state``, ``running``, ``step``, ``entry``, ``reason`` may differ.
    """

    traced_changed = Signal(object)
    cursor_changed = Signal(int)
    looked_changed = Signal(int)
    waiting = Signal(bool)
    state_changed = Signal()

    def __init__(self, session: Any, parent: QObject | None = None):
        super().__init__(parent)
        self._session = session
        self.entry, self.step = 0, 1  # of the trace shown or awaited
        self.traced: Traced | None = None
        self.cursor = 0
        self.looked = 0  # the event of the frame looked at: the cursor's or a caller's
        self.reason: Stopped | None = None  # why the run stands here
        self._active = False
        self._outdated = False  # whether the trace was made under other hyperparameters
        self._goal: Wanted | None = None  # what is to be fetched once it can be
        self._was_waiting = False
        self._fetcher = TraceFetcher(session, self)
        self._fetcher.arrived.connect(self._on_arrived)

    @property
    def running(self) -> bool:
        return self._session.running

    @property
    def spec(self) -> ExperimentSpec | None:
        return self._session.run_spec

    @property
    def state(self) -> State:
        if self._session.phase != "ready":
            return "loading" if self._session.phase == "warming" else "failed"
        if self.spec is None:
            return "no_experiment"
        if not self.has_diy(self.entry):
            return "torch_only"
        if self.traced is None:
            return "fetching"
        return "nothing" if self.traced.refused is not None or not self.traced.lines else "ready"

    @property
    def at_end(self) -> bool:
        return self.traced is not None and self.cursor >= len(self.traced.lines)

    def has_diy(self, entry: int) -> bool:
        """Tell whether there is a line of ours to follow."""
        optimizers = self.spec.optimizers if self.spec is not None else ()
        return entry < len(optimizers) and "diy" in optimizers[entry].backends

    def set_active(self, active: bool) -> None:
        """Set whether the debug view is on screen: only then are traces fetched."""
        self._active = active
        self._fetch()

    def set_entry(self, entry: int) -> None:
        """Follow another optimizer, at the same place where there is one."""
        if entry != self.entry:
            self._want(self.step, self._same_place, entry=entry)

    def go_to(self, event: int) -> None:
        if self.traced is not None and self.traced.lines:
            self.cursor = self.looked = max(0, min(event, len(self.traced.lines)))
            self.cursor_changed.emit(self.cursor)
            self.looked_changed.emit(self.looked)

    def look_at(self, event: int) -> None:
        """Look at a frame of the stack, without going anywhere."""
        if event != self.looked:
            self.looked = event
            self.looked_changed.emit(event)

    def _want(self, step: int, landing: Landing, *, entry: int | None = None) -> None:
        self.step, self.entry = step, self.entry if entry is None else entry
        self._goal = Wanted(self.entry, step, landing)
        self._fetch()
        self.state_changed.emit()

    def _fetch(self) -> None:
        reachable = self.state in ("fetching", "nothing", "ready")
        if self._active and reachable and self._goal is not None and not self.running:
            goal, self._goal = self._goal, None
            if self.traced is not None and not self._outdated and goal[:2] == (self.traced.entry, self.traced.step):
                self._fetcher.stop()
                self.go_to(goal.landing(self.traced))
            else:
                self._fetcher.want(goal)
        self._tell_waiting()

    def _outdate(self) -> None:
        """Other hyperparameters: the trace shown, or one on its way, is no longer the step's."""
        self._outdated = True
        self._fetcher.outdate()

    def _on_arrived(self, traced: Traced, wanted: Wanted) -> None:
        self._show(traced, wanted.landing(traced))
        self._tell_waiting()

    def _show(self, traced: Traced | None, event: int) -> None:
        self.traced, self.cursor, self.looked, self._outdated = traced, event, event, False
        self.traced_changed.emit(traced)
        self.state_changed.emit()
        self.go_to(event)

    def _same_place(self, traced: Traced) -> int:
        return 0 if self.traced is None else moves.same_place(self.traced, self.cursor, traced)

    def _is_waiting(self) -> bool:
        return self._fetcher.waiting

    def _tell_waiting(self) -> None:
        now = self._is_waiting()
        if now != self._was_waiting:
            self._was_waiting = now
            self.waiting.emit(now)

    def _say(self, reason: Stopped | None) -> None:
        if reason != self.reason:
            self.reason = reason
            self.state_changed.emit()
