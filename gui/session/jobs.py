"""The engine's work in the background, as the window sees it: begun, paused, cancelled, and told of as it goes on."""

from collections.abc import Callable
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.protocol import Answer, CancelJob, JobAnswer, JobFailed, PauseJob, ResumeJob


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

    def take(self, answer: Answer | Any) -> bool:
        """Hand on an answer that is of a job; False for any other."""
        if isinstance(answer, JobFailed):
            self.failed.emit(answer)
        elif isinstance(answer, JobAnswer):
            self.answered.emit(answer)
        else:
            return False
        return True
