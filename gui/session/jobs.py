"""The engine's work in the background, as the window sees it: begun, paused, cancelled, and told of as it goes on."""

from collections.abc import Callable
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.protocol import Answer, CancelJob, JobFailed, PauseJob, ResumeJob, StopJob


class Jobs(QObject):
    """Start jobs. ``answered`` carries what the engine tells of one but a failure, ``failed`` a JobFailed.

    Each job has a number of its own, by which whoever began it knows what is about it. ``lost`` tells that the engine
    is gone, and with it every job that was not finished. ``generation`` tells which run is at hand.
    """

    answered = Signal(object)
    failed = Signal(object)
    lost = Signal()

    def __init__(self, send: Callable[[Any], None], generation: Callable[[], int], parent: QObject | None = None):
        super().__init__(parent)
        self._send, self._generation = send, generation
        self._numbers = count(1)

    def start(self, command: Callable[[int, int], Any]) -> int:
        """Begin a job and return its number. ``command`` is made of the run's generation and that number."""
        job = next(self._numbers)
        self._send(command(self._generation(), job))
        return job

    def pause(self, job: int) -> None:
        self._send(PauseJob(job))

    def resume(self, job: int) -> None:
        self._send(ResumeJob(job))

    def cancel(self, job: int) -> None:
        self._send(CancelJob(job))

    def stop(self, job: int) -> None:
        self._send(StopJob(job))

    def take(self, answer: Answer | Any) -> bool:
        """Hand on an answer that is of a job, which has its number; False for any other."""
        if isinstance(answer, JobFailed):
            self.failed.emit(answer)
        elif hasattr(answer, "job"):
            self.answered.emit(answer)
        else:
            return False
        return True


class NewestJob(QObject):
    """Run one job at a time, the newest: it takes the place of the one before, which is not heard of any more.

    ``answered`` carries what the engine tells of it, also once more after it was cancelled; ``failed`` a JobFailed.
    ``lost``: the engine is gone before it was finished. ``running``: more is to come, though it may be paused.
    """

    answered = Signal(object)
    failed = Signal(object)
    lost = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None):
        super().__init__(parent)
        self._jobs = jobs
        self.number: int | None = None
        self.running = False
        jobs.answered.connect(self._on_answered)
        jobs.failed.connect(self._on_failed)
        jobs.lost.connect(self._on_lost)

    def follow(self, number: int | None, running: bool) -> None:
        """Take over a job that another has begun, and hears of no more."""
        self.number, self.running = number, running

    def begin(self, command: Callable[[int, int], Any]) -> None:
        """Begin a job in place of the one before; ``command`` as for ``Jobs.start``."""
        self.cancel()
        self.number, self.running = self._jobs.start(command), True

    def pause(self) -> None:
        if self.running and self.number is not None:
            self._jobs.pause(self.number)

    def resume(self) -> None:
        if self.running and self.number is not None:
            self._jobs.resume(self.number)

    def stop(self) -> None:
        """End it before its time; it still tells what came of it."""
        if self.running and self.number is not None:
            self._jobs.stop(self.number)

    def cancel(self) -> None:
        """End it; what was found by now is told once more."""
        if self.running and self.number is not None:
            self._jobs.cancel(self.number)
            self.running = False

    def drop(self) -> None:
        """End it, and hear no more of it."""
        self.cancel()
        self.number = None

    def _on_answered(self, answer: Any) -> None:
        if answer.job == self.number:
            self.running = self.running and getattr(answer, "state", "finished") in ("running", "paused")
            self.answered.emit(answer)

    def _on_failed(self, failed: JobFailed) -> None:
        if failed.job == self.number:
            self.running = False
            self.failed.emit(failed)

    def _on_lost(self) -> None:
        if self.running:
            self.number, self.running = None, False
            self.lost.emit()
