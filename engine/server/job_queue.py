"""Where the engine's jobs are worked off: several in turn, each a slice at a time, and all of them beside the run.

Nothing that happens in a job does any harm to the run, or to another job.
"""

import time
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple

from engine.pace import SLICE, TimeBudget
from engine.protocol import (
    CancelJob,
    JobAnswer,
    JobCommand,
    JobFailed,
    JobState,
    PauseJob,
    ResumeJob,
    StartJob,
    StartSurface,
    StopJob,
    SurfacePart,
)
from engine.run.lockstep import Lockstep
from engine.spec import Fault

from .jobs import JOBS, Job, Make, before_any_part, is_part, job_of, needs_run

JOBS_SHARE = 0.2  # of a run's time may go into jobs


class Order(NamedTuple):
    """Hold a job that was begun, and what asked for it."""

    command: StartJob
    job: Job


class JobQueue:
    """Work on jobs in turn. ``surface`` is the newest one of the run at hand, as far as it has come."""

    def __init__(self, send: Callable[[JobAnswer], None], make: Make = job_of):
        self._send, self._make = send, make
        self._time_budget = TimeBudget(JOBS_SHARE)
        self._orders: dict[int, Order] = {}  # by the job's number, the next in turn first
        self._paused: set[int] = set()
        self._parts: dict[int, Any] = {}  # the newest of each job
        self._newest: dict[type, Any] = {}  # part of each kind, by its command's type

    @property
    def surface(self) -> SurfacePart | None:
        return self._newest.get(StartSurface)

    @property
    def is_busy(self) -> bool:
        return len(self._orders) > len(self._paused)

    # --- commands ----------------------------------------------------------------------------

    def take(self, command: JobCommand, run: Lockstep | None) -> None:
        """Carry out a command. ``run`` is the one that it is of; None: there is none, or it is another by now."""
        if not isinstance(command, CancelJob | PauseJob | ResumeJob | StopJob):
            self._begin(command, run)
        elif command.job in self._orders:
            on = {CancelJob: self._cancel, PauseJob: self._pause, ResumeJob: self._resume, StopJob: self._stop}
            on[type(command)](command.job)

    def _begin(self, command: StartJob, run: Lockstep | None) -> None:
        if needs_run(command) and run is None:
            self._send(JobFailed(command.job, Fault((), "no_run")))
            return
        if command.job in self._orders:  # a number that is given again
            self._cancel(command.job)
        if JOBS[type(command)].is_single:
            self._cancel_all(lambda other: type(other) is type(command))
            self._let_go(type(command))
        try:
            job = self._make(command, run, self.surface)
        except Exception:
            self._send(JobFailed(command.job, None, traceback.format_exc()))
            return
        self._orders[command.job] = Order(command, job)
        self._parts[command.job] = before_any_part(command)

    def _pause(self, job: int) -> None:
        if job not in self._paused:
            self._paused.add(job)
            self._tell_again(job, "paused")

    def _resume(self, job: int) -> None:
        if job in self._paused:
            self._paused.remove(job)
            self._tell_again(job, "running")

    def _stop(self, job: int) -> None:
        stop = getattr(self._orders[job].job, "stop", None)
        if stop is not None:
            stop()

    def _cancel(self, job: int) -> None:
        failed = self._failure(self._orders[job])
        if failed is None:
            self._tell_again(job, "cancelled")
        else:
            self._send(failed)
        self._forget(job)

    @staticmethod
    def _failure(order: Order) -> JobFailed | None:
        """Return what goes wrong when a job is closed before its end."""
        close = getattr(order.job, "close", None)
        try:
            if close is not None:
                close()
        except Exception:
            return JobFailed(order.command.job, None, traceback.format_exc())
        return None

    def _tell_again(self, job: int, state: JobState) -> None:
        """Not of a job that has told its last part already, and is only not looked at again yet."""
        part = self._parts[job]
        if part is not None and part.state != "finished":
            self._tell(part._replace(state=state))

    def end_run(self) -> None:
        """Cancel what is of the run at hand: another one takes its place."""
        self._cancel_all(needs_run)
        for kind in [kind for kind in self._newest if JOBS[kind].needs_run]:
            self._let_go(kind)

    def close(self) -> None:
        """Close all jobs: the window is gone, and nobody is told any more."""
        for order in self._orders.values():
            self._failure(order)
        self._orders.clear()

    def _cancel_all(self, holds: Callable[[StartJob], bool]) -> None:
        for job in [job for job, order in self._orders.items() if holds(order.command)]:
            self._cancel(job)

    # --- work --------------------------------------------------------------------------------

    def work(self, beside_run: bool) -> None:
        """Do a slice of the jobs that are not paused; ``beside_run``: where a run waits for it, only now and then."""
        if not self.is_busy or (beside_run and not self._time_budget.is_due):
            return
        began = time.perf_counter()
        while self.is_busy:
            self._go_on_with(next(job for job in self._orders if job not in self._paused))
            if time.perf_counter() - began >= SLICE:
                break
        self._time_budget.took(time.perf_counter() - began)

    def _go_on_with(self, job: int) -> None:
        """Let it work until it looks up; it is the last in turn then."""
        order = self._orders.pop(job)
        self._orders[job] = order
        try:
            answer = next(order.job)
        except StopIteration:
            self._forget(job)
            return
        except Exception:
            answer = JobFailed(job, None, traceback.format_exc())
        if is_part(answer):
            self._tell(answer)
            return
        if isinstance(answer, JobFailed):
            self._forget(job)
        if answer is not None:
            self._send(answer)

    def _tell(self, part: Any) -> None:
        self._parts[part.job] = part
        self._newest[type(self._orders[part.job].command)] = part
        self._send(part)

    def _let_go(self, kind: type) -> None:
        self._newest.pop(kind, None)

    def _forget(self, job: int) -> None:
        self._orders.pop(job, None)
        self._parts.pop(job, None)
        self._paused.discard(job)
