"""The surface that the engine was asked for last, and how far it is."""

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from engine.protocol import JobAnswer, JobFailed, JobState, Plane, StartSurface, SurfacePart
from gui.session.jobs import Jobs

from .canvas import Range


class Asked(NamedTuple):
    """Say what was asked for. ``origin``: the entry through whose weights the plane lies; None: the start."""

    plane: Plane
    origin: int | None


class SurfaceWork(QObject):
    """Have the engine compute a surface. An answer to anything but the newest question is dropped.

    ``arrived`` carries a part that has other points than the one before; ``changed``: how far it is, or whether there
    is any.
    """

    arrived = Signal(object)
    changed = Signal()
    failed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None):
        super().__init__(parent)
        self._jobs = jobs
        self._shape: tuple[int, ...] | None = None  # of the part that arrived last
        self.job: int | None = None
        self.asked: Asked | None = None
        self.done = 0.0
        self.state: JobState = "finished"
        jobs.answered.connect(self._on_part)
        jobs.failed.connect(self._on_failed)
        jobs.lost.connect(self.drop)

    @property
    def running(self) -> bool:
        return self.state in ("running", "paused")

    def start(self, asked: Asked, extent: Range | None) -> None:
        """Ask for a surface in place of the one before."""
        self.cancel()
        self.asked, self._shape = asked, None
        self.job = self._jobs.start(
            lambda generation, job: StartSurface(generation, job, asked.plane, extent, origin=asked.origin)
        )
        self.done, self.state = 0.0, "running"
        self.changed.emit()

    def pause(self) -> None:
        if self.job is not None and self.running:
            self._jobs.pause(self.job)

    def resume(self) -> None:
        if self.job is not None and self.running:
            self._jobs.resume(self.job)

    def cancel(self) -> None:
        """End the work; what is computed by now is told once more."""
        if self.job is not None and self.running:
            self._jobs.cancel(self.job)

    def drop(self) -> None:
        """Want nothing any more that the engine says of it."""
        self.cancel()
        self.job, self.state = None, "finished"
        self.changed.emit()

    def _on_part(self, part: JobAnswer) -> None:
        if not isinstance(part, SurfacePart) or part.job != self.job:
            return
        self.done, self.state = part.done, part.state
        if part.values.size and part.values.shape != self._shape:
            self._shape = part.values.shape
            self.arrived.emit(part)
        self.changed.emit()

    def _on_failed(self, failure: JobFailed) -> None:
        if failure.job == self.job:
            self.state = "finished"
            self.drop()
            self.failed.emit()
