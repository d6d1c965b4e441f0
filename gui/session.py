"""What the window knows of the experiment and its run, apart from any widget.

The window owns the experiment: what was typed is kept here, whatever becomes of the engine. A run
shows either the experiment as typed, or is marked stale. Changed hyperparameters reach a run under
way; anything else that is edited after its first step waits for Reset.
"""

from collections.abc import Callable
from typing import Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol import (
    Answer,
    Change,
    Changed,
    Command,
    CurveRequest,
    Failed,
    Frame,
    FrameRequest,
    Load,
    Loaded,
    MapRequest,
    Pause,
    Ready,
    Refused,
    Run,
    SetParams,
    SetRate,
)
from engine.spec import ExperimentError, ExperimentSpec, Fault, check
from gui.changes import live_changes
from gui.client import EngineClient

FRAME_INTERVAL = 16  # ms: display rate

Requests = Callable[[], tuple[CurveRequest | None, MapRequest | None]]
Phase = Literal["warming", "ready", "failed"]


class Session(QObject):
    """``begun`` carries the experiment of a run that stands at its start, ``frame`` each frame of it.

    ``changed`` tells that phase, faults, staleness or running may be others now. ``refused`` tells
    that Run or Step was asked for and cannot be, for ``faults`` or because the run is stale.
    ``lost`` carries how the engine was lost and at which step, ``gave_up`` that it is not started again any
    more; ``broke`` the traceback of an error in it.
    """

    begun = Signal(object)
    frame = Signal(object)
    changed = Signal()
    refused = Signal()
    engine_ready = Signal(object)
    lost = Signal(str, int)
    gave_up = Signal()
    broke = Signal(str)

    def __init__(self, client: EngineClient, parent: QObject | None = None):
        super().__init__(parent)
        self._client = client
        self.spec: ExperimentSpec | None = None  # as typed; None while it has faults
        self.faults: tuple[Fault, ...] = ()
        self.run_spec: ExperimentSpec | None = None  # what the run is of, with the changes made to it
        self._start_spec: ExperimentSpec | None = None  # the same without them
        self.phase: Phase = "warming"
        self.running = False
        self.step = 0
        self.newest: Frame | None = None
        self.changes: list[Change] = []
        self._to_come: list[Change] = []  # those that a repeated run has yet to make
        self.asked: tuple[int | None, float | None] = (None, None)  # the steps and rate of the last Run
        self._generation = 0
        self._repeat: tuple[ExperimentSpec, tuple[Change, ...], int] | None = None
        self._asked = False  # whether a frame is on its way
        self._wanted = False  # whether something changed since it was asked for
        self._started = False  # whether Run was sent since then, so that the frame cannot know of it
        self.requests: Requests = lambda: (None, None)
        self._clock = QTimer(self, interval=FRAME_INTERVAL)
        self._clock.timeout.connect(self._tick)
        client.ready.connect(self._on_ready)
        client.answered.connect(self._on_answer)
        client.lost.connect(self._on_lost)
        client.gave_up.connect(self._on_gave_up)

    # --- what the person does -------------------------------------------------------------

    def edit(self, raw: dict[str, Any]) -> None:
        """Take over what the forms hold now."""
        try:
            self.spec, self.faults = check(raw), ()
        except ExperimentError as error:
            self.spec, self.faults = None, error.faults
        if self.spec is not None:
            self._follow(self.spec)
        self.changed.emit()

    def _follow(self, spec: ExperimentSpec) -> None:
        """Bring the run in line with the experiment, as far as that takes nothing away."""
        if self.run_spec is None or (self.step == 0 and not self.running):
            if spec != self.run_spec:
                self._load(spec)
            return
        changes = live_changes(self.run_spec, spec)
        if changes is not None and not self._to_come:
            for entry, params in changes:
                self._send(SetParams(self._generation, entry, params))
            self.run_spec = spec

    @property
    def stale(self) -> bool:
        """Whether the run on screen is of another experiment than the one typed."""
        return self.run_spec is not None and self.spec != self.run_spec

    def reset(self) -> None:
        """Begin anew with what is typed: exactly the same start."""
        if self.spec is None:
            self.refused.emit()
        else:
            self._load(self.spec)

    def run(self, steps: int | None = None, rate: float | None = None) -> None:
        """Take ``steps`` steps, None for on and on, of the experiment as typed."""
        self.asked = (steps, rate)
        if self.spec is not None and self.run_spec is None:
            self._load(self.spec)
        if self.spec is None or self.stale:
            self.refused.emit()
        else:
            self.go_on(steps, rate)

    def go_on(self, steps: int | None, rate: float | None) -> None:
        """As ``run``, but knowingly of the run's own experiment where another is typed."""
        self.running = self._started = True
        self._send(Run(self._generation, steps, rate))
        self._clock.start()
        self.changed.emit()

    def pause(self) -> None:
        if self.phase == "warming":  # nothing runs yet, and no frame will come to say so
            self.running = False
            self.changed.emit()
        self._send(Pause(self._generation))

    def set_rate(self, rate: float | None) -> None:
        self.asked = (self.asked[0], rate)
        self._send(SetRate(self._generation, rate))

    def repeat(self) -> None:
        """Take the run that was lost with the engine again, to the step it had reached."""
        if self._repeat is not None:
            spec, changes, step = self._repeat
            self._load(spec, changes)
            self.go_on(step, None)

    def forget_run(self) -> None:
        """Another experiment is about to be shown: its run begins at once."""
        self.run_spec = None

    def revive(self) -> None:
        """Start the engine again after it was given up."""
        self.phase = "warming"
        self._client.start()
        if self.spec is not None:
            self._load(self.spec)
        self.changed.emit()

    def close(self) -> None:
        self._clock.stop()
        self._client.close()

    def look(self) -> None:
        """Something else is to be seen: ask for a frame at the next tick."""
        self._wanted = True
        self._clock.start()

    # --- the engine's side ----------------------------------------------------------------

    def _send(self, command: Command) -> None:
        self._client.send(command)

    def _load(self, spec: ExperimentSpec, changes: tuple[Change, ...] = ()) -> None:
        self._generation += 1
        self.run_spec, self._start_spec = spec, spec
        for change in changes:
            self.run_spec = with_params(self.run_spec, change.entry, change.params)
        self.step, self.running = 0, False
        self.newest, self.changes, self._to_come = None, list(changes), list(changes)
        self._asked = False
        self._send(Load(self._generation, spec, changes))
        self.begun.emit(spec)
        self.look()

    def _tick(self) -> None:
        """At display rate: ask for a frame if the last one has come and there may be news."""
        if self._asked:
            return
        if not (self.running or self._wanted) or self.phase != "ready" or self.run_spec is None:
            self._clock.stop()
            return
        self._asked, self._wanted, self._started = True, False, False
        self._send(FrameRequest(self._generation, *self.requests()))

    def _on_ready(self, ready: Ready) -> None:
        self.phase = "ready"
        self.engine_ready.emit(ready)
        self._clock.start()
        self.changed.emit()

    def _on_answer(self, answer: Answer) -> None:
        if getattr(answer, "generation", self._generation) != self._generation:
            return
        if isinstance(answer, Frame):
            self._on_frame(answer)
        elif isinstance(answer, Loaded):
            self.changed.emit()
        elif isinstance(answer, Changed):
            self._on_changed(answer.change)
        elif isinstance(answer, Refused):
            self.faults = answer.faults
            self.spec = self.run_spec = None
            self.running = False
            self.changed.emit()
        elif isinstance(answer, Failed):
            self.run_spec, self.running = None, False
            self._asked = False
            self.broke.emit(answer.detail)
            self.changed.emit()

    def _on_frame(self, frame: Frame) -> None:
        self._asked = False
        running = frame.running or self._started
        news = running != self.running
        self.newest, self.step, self.running = frame, frame.step, running
        self.frame.emit(frame)
        if news:
            self.changed.emit()

    def _on_changed(self, change: Change) -> None:
        """A change was made: keep it, so that the run can be repeated."""
        if change in self._to_come:
            self._to_come.remove(change)
            if not self._to_come and self.spec is not None:
                self._follow(self.spec)  # what was edited while the run was repeated
        else:
            self.changes.append(change)
        self.look()
        self.changed.emit()

    def _on_lost(self, how: str, _: int | None) -> None:
        """The engine is gone and was started again: begin the same run at its start."""
        step, start = self.step, self._start_spec
        self._repeat = (start, tuple(self.changes), step) if start is not None and step else None
        self.phase, self._asked = "warming", False
        if self.run_spec is not None:
            self._load(self.spec or self.run_spec)
        self.changed.emit()
        self.lost.emit(how, step)

    def _on_gave_up(self) -> None:
        self.phase = "failed"
        self.changed.emit()
        self.gave_up.emit()


def with_params(spec: ExperimentSpec, entry: int, params: dict[str, Any]) -> ExperimentSpec:
    """The experiment with other hyperparameters in one optimizer entry."""
    entries = list(spec.optimizers)
    entries[entry] = entries[entry].model_copy(update={"params": dict(params)})
    return spec.model_copy(update={"optimizers": tuple(entries)})
