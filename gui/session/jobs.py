"""The engine's work in the background, as the window sees it: begun, paused, cancelled, and told of as it goes on."""

from collections.abc import Callable
from itertools import count

from PySide6.QtCore import QObject, Signal

from engine.protocol import (
    Answer,
    CancelJob,
    Command,
    JobFailed,
    MakeReport,
    PauseJob,
    Plane,
    Report,
    ResumeJob,
    StartSurface,
    StartSweep,
    SurfacePart,
    SweepPart,
    SweepPlan,
)
from engine.spec import ExperimentSpec


class Jobs(QObject):
    """``surface`` carries each SurfacePart, ``sweep`` each SweepPart, ``report`` a Report, ``failed`` a JobFailed.

    ``lost`` tells that the engine is gone, and with it every job that was not finished. ``generation`` tells which
    run is at hand.
    """

    surface = Signal(object)
    sweep = Signal(object)
    report = Signal(object)
    failed = Signal(object)
    lost = Signal()

    def __init__(self, send: Callable[[Command], None], generation: Callable[[], int], parent: QObject | None = None):
        super().__init__(parent)
        self._send, self._generation = send, generation
        self._numbers = count(1)

    def start_surface(
        self,
        plane: Plane,
        extent: tuple[float, float, float, float] | None = None,
        resolution: int = 101,
        origin: int | None = None,
    ) -> int:
        """Start the loss over a plane of the run at hand, and return the job's number."""
        job = next(self._numbers)
        self._send(StartSurface(self._generation(), job, plane, extent, resolution, origin))
        return job

    def start_sweep(self, spec: ExperimentSpec, plan: SweepPlan) -> int:
        job = next(self._numbers)
        self._send(StartSweep(job, spec, plan))
        return job

    def make_report(
        self,
        words: dict[str, str],
        colors: tuple[str, ...],
        hidden: tuple[str, ...] = (),
        sweep: SweepPart | None = None,
        target: float | None = None,
        sweep_spec: ExperimentSpec | None = None,
    ) -> int:
        job = next(self._numbers)
        self._send(MakeReport(self._generation(), job, words, colors, hidden, sweep, target, sweep_spec))
        return job

    def pause(self, job: int) -> None:
        self._send(PauseJob(job))

    def resume(self, job: int) -> None:
        self._send(ResumeJob(job))

    def cancel(self, job: int) -> None:
        self._send(CancelJob(job))

    def take(self, answer: Answer) -> bool:
        """Hand on an answer that is of a job; False for any other."""
        signals = {SurfacePart: self.surface, SweepPart: self.sweep, Report: self.report, JobFailed: self.failed}
        signal = signals.get(type(answer))
        if signal is not None:
            signal.emit(answer)
        return signal is not None
