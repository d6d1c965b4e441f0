"""The surface that the engine was asked for last, and how far it is."""

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from engine.protocol import JobState, Plane, StartSurface, SurfacePart
from gui.session.jobs import Jobs, NewestJob

from .canvas import Range


class Asked(NamedTuple):
    """Say what was asked for. ``origin``: the entry through whose weights the plane lies; None: the start."""

    plane: Plane
    origin: int | None


class SurfaceJob(NamedTuple):
    """Hold a surface's state: what was asked for, the engine's job, how far it is, and the shape of the last part."""

    asked: Asked | None
    number: int | None
    running: bool
    done: float
    state: JobState
    shape: tuple[int, ...] | None


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
        self._newest = NewestJob(jobs, self)
        self._shape: tuple[int, ...] | None = None  # of the part that arrived last
        self.asked: Asked | None = None
        self.done = 0.0
        self.state: JobState = "finished"
        self._newest.answered.connect(self._on_part)
        self._newest.failed.connect(self._on_failed)
        self.pause, self.resume, self.cancel = self._newest.pause, self._newest.resume, self._newest.cancel
        jobs.lost.connect(self.drop)

    @property
    def job(self) -> int | None:
        return self._newest.number

    @property
    def running(self) -> bool:
        return self.state in ("running", "paused")

    def kept(self) -> "SurfaceJob":
        """Return what it takes to follow the surface at hand elsewhere."""
        return SurfaceJob(self.asked, self.job, self._newest.running, self.done, self.state, self._shape)

    def follow(self, job: "SurfaceJob") -> None:
        """Take over a surface that another has asked for, and hears of no more."""
        self.asked, number, running, self.done, self.state, self._shape = job
        self._newest.follow(number, running)
        self.changed.emit()

    def start(self, asked: Asked, extent: Range | None) -> None:
        """Ask for a surface in place of the one before."""
        self.asked, self._shape = asked, None
        self._newest.begin(
            lambda generation, job: StartSurface(generation, job, asked.plane, extent, origin=asked.origin)
        )
        self.done, self.state = 0.0, "running"
        self.changed.emit()

    def drop(self) -> None:
        """Want nothing any more that the engine says of it."""
        self._newest.drop()
        self.state = "finished"
        self.changed.emit()

    def _on_part(self, part: SurfacePart) -> None:
        self.done, self.state = part.done, part.state
        if part.values.size and part.values.shape != self._shape:
            self._shape = part.values.shape
            self.arrived.emit(part)
        self.changed.emit()

    def _on_failed(self) -> None:
        self.drop()
        self.failed.emit()
