"""A session without an engine: it keeps what is asked of it, and a test plays the run."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.protocol import Change, Stopped
from engine.spec import ExperimentSpec
from tests.gui.frames import ADAM, SGD, make_frame, make_spec
from tests.gui.traces import traced_step


class FakeSession(QObject):
    """Traces are answered by ``answer_trace``; a run, a seek by ``stand_at``."""

    begun = Signal(object)
    frame = Signal(object)
    changed = Signal()
    refused = Signal()
    stopped = Signal(object)
    traced = Signal(object)

    def __init__(self, *optimizers: dict[str, Any]):
        super().__init__()
        self.phase = "ready"
        self.running = False
        self.step = self.newest_step = 0
        self.target: int | None = None
        self.run_spec: ExperimentSpec | None = make_spec(*(optimizers or (SGD, ADAM)))
        self.changes: tuple[Change, ...] = ()
        self.asked: list[tuple[int, int]] = []  # entry and step of each trace asked for
        self.sent: list[tuple[Any, ...]] = []  # everything else

    # --- what the controller asks ----------------------------------------------------------

    def trace(self, entry: int, step: int) -> None:
        self.asked.append((entry, step))

    def run(self, steps: int | None, rate: float | None, over: bool = False) -> None:
        self.sent.append(("run", steps, rate, over))
        self.running = True
        self.changed.emit()

    def pause(self) -> None:
        self.sent.append(("pause",))

    def run_back(self, step: int) -> None:
        self.sent.append(("run_back", step))
        self.running = True
        self.changed.emit()

    def seek(self, step: int) -> None:
        self.sent.append(("seek", step))
        self.target = step

    # --- what a test plays -----------------------------------------------------------------

    def answer_trace(self, **parts: Any) -> None:
        """The trace asked for last."""
        entry, step = self.asked[-1]
        assert self.run_spec is not None
        name = self.run_spec.optimizers[entry].name
        self.traced.emit(traced_step(2, optimizer=name, entry=entry, step=step, **parts))

    def stand_at(self, step: int, hits: tuple[int, ...] = ()) -> None:
        """The run stands still after ``step``, and a frame tells so."""
        self.running, self.target = False, None
        self.step, self.newest_step = step, max(step, self.newest_step)
        self.frame.emit(make_frame(step, hits=hits))
        self.changed.emit()

    def stop(
        self, step: int, event: int | None, breakpoint_: int | None = 0, entry: int = 0, hits: tuple[int, ...] = ()
    ) -> None:
        """A breakpoint stops the run before the update of ``step``."""
        self.running, self.target = False, None
        self.step, self.newest_step = step - 1, max(step - 1, self.newest_step)
        self.changed.emit()
        self.stopped.emit(Stopped(1, step, entry, event, breakpoint_))
        self.frame.emit(make_frame(step - 1, hits=hits))

    def begin(self, *optimizers: dict[str, Any]) -> None:
        self.run_spec = make_spec(*optimizers)
        self.step = self.newest_step = 0
        self.changes = ()
        self.running, self.target = False, None
        self.begun.emit(self.run_spec)
        self.changed.emit()
