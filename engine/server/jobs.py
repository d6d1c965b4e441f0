"""Work in the background: what a job is, and which work each command asks for.

A job is an iterator that works for some milliseconds at a time. It yields an answer to be sent, or None where it has
nothing to tell yet; what it cannot do it tells by a JobFailed with a fault.
"""

from collections.abc import Callable, Iterator

import numpy as np

from engine.protocol import JobAnswer, MakeReport, StartJob, StartSurface, StartSweep, SurfacePart, SweepPart
from engine.run.lockstep import Lockstep

Job = Iterator[JobAnswer | None]
Make = Callable[[StartJob, Lockstep | None, SurfacePart | None], Job]
NOTHING = np.empty(0)
NOWHERE = (float("nan"), float("nan"))


def job_of(command: StartJob, run: Lockstep | None, surface: SurfacePart | None) -> Job:
    """Make the work that is asked for. All but a sweep is of ``run``; ``surface`` is its newest, if any."""
    if isinstance(command, StartSweep):
        from engine.sweep import sweep_job

        return sweep_job(command)
    assert run is not None
    if isinstance(command, StartSurface):
        from engine.surface import surface_job

        return surface_job(run, command)
    from engine.report import report_job

    return report_job(run, surface, command)


def needs_run(command: StartJob) -> bool:
    return isinstance(command, StartSurface | MakeReport)


def before_any_part(command: StartJob) -> SurfacePart | SweepPart | None:
    """Return what is reported of a job that has found nothing yet; a report is told of when it is done."""
    if isinstance(command, StartSurface):
        values = np.empty((0, 0))
        return SurfacePart(
            command.generation, command.job, command.plane, NOTHING, NOTHING, values, 0.0, "running", None, NOWHERE
        )
    if isinstance(command, StartSweep):
        values = np.empty((0, 0, 0))
        return SweepPart(command.job, command.plan, 0, values, values, values.astype(bool), 0.0, "running")
    return None
