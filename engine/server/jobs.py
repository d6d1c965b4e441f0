"""Work in the background: what a job is, and which work each command asks for.

A job is an iterator that works for some milliseconds at a time. It yields an answer to be sent, or None where it has
nothing to tell yet; what it cannot do it tells by a JobFailed with a fault. An answer with a ``state`` is a part: the
newest is told once more when the job is paused, resumed or cancelled.

To add a job: its work in a file, its command and its answers in ``engine.protocol``, and an entry in ``JOBS``; the
window begins it and hears of it by a ``NewestJob``. Each answer has the job's number, ``job``.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from engine.protocol import (
    CheckCode,
    CheckRun,
    JobAnswer,
    MakeCurves,
    MakeReport,
    MakeScript,
    PackWeights,
    StartDiagnosis,
    StartJob,
    StartSurface,
    StartSweep,
    StartVerify,
    SurfacePart,
    SweepPart,
    Verified,
    WriteRun,
)
from engine.run.lockstep import Lockstep

Job = Iterator[JobAnswer | None]
Make = Callable[[StartJob, Lockstep | None, SurfacePart | None], Job]
NOTHING = np.empty(0)
NOWHERE = (float("nan"), float("nan"))


class JobKind(NamedTuple):
    """Describe a kind of job. ``make`` gets the command, the run (None without one) and the run's newest surface.

    ``needs_run``: it is of the run at hand, and ends with it. ``is_single``: one begun takes the place of the one
    before. ``first_part``: what is told of a job that has found nothing yet; None: it is told of when it is done.
    """

    make: Callable[[Any, Any, SurfacePart | None], Job]
    needs_run: bool = False
    is_single: bool = False
    first_part: Callable[[Any], JobAnswer] | None = None


def _make_surface(command: StartSurface, run: Lockstep, _: SurfacePart | None) -> Job:
    from engine.surface import surface_job

    return surface_job(run, command)


def _make_sweep(command: StartSweep, *_: object) -> Job:
    from engine.sweep import sweep_job

    return sweep_job(command)


def _make_report(command: MakeReport, run: Lockstep, surface: SurfacePart | None) -> Job:
    from engine.report import report_job

    return report_job(run, surface, command)


def _make_curves(command: MakeCurves, run: Lockstep, _: SurfacePart | None) -> Job:
    from engine.race.columns import curves_job

    return curves_job(run, command)


def _make_script(command: MakeScript, run: Lockstep, _: SurfacePart | None) -> Job:
    from engine.standalone.job import script_job

    return script_job(run, command)


def _make_written(command: WriteRun, run: Lockstep, _: SurfacePart | None) -> Job:
    from .written_run import write_job

    return write_job(run, command)


def _make_run_check(command: CheckRun, *_: object) -> Job:
    from .written_run import check_job

    return check_job(command)


def _make_weights(command: PackWeights, run: Lockstep, _: SurfacePart | None) -> Job:
    from .weights_job import weights_job

    return weights_job(run, command)


def _make_diagnosis(command: StartDiagnosis, run: Lockstep, _: SurfacePart | None) -> Job:
    from engine.diagnosis import diagnosis_job

    return diagnosis_job(run, command)


def _make_verdict(command: StartVerify, *_: object) -> Job:
    from .verify_job import VerifyJob

    return VerifyJob(command)


def _first_verdict(command: StartVerify) -> Verified:
    return Verified(command.job, "running")


def _make_check(command: CheckCode, *_: object) -> Job:
    from .code_desk import check_job

    return check_job(command)


def _first_surface(command: StartSurface) -> SurfacePart:
    values = np.empty((0, 0))
    return SurfacePart(
        command.generation, command.job, command.plane, NOTHING, NOTHING, values, 0.0, "running", None, NOWHERE
    )


def _first_sweep(command: StartSweep) -> SweepPart:
    values = np.empty((0, 0, 0))
    return SweepPart(command.job, command.plan, 0, values, values, values.astype(bool), 0.0, "running")


JOBS: dict[type, JobKind] = {
    StartSurface: JobKind(_make_surface, needs_run=True, is_single=True, first_part=_first_surface),
    StartSweep: JobKind(_make_sweep, first_part=_first_sweep),
    MakeReport: JobKind(_make_report, needs_run=True),
    MakeCurves: JobKind(_make_curves, needs_run=True),
    MakeScript: JobKind(_make_script, needs_run=True),
    WriteRun: JobKind(_make_written, needs_run=True, is_single=True),
    CheckRun: JobKind(_make_run_check, is_single=True),
    PackWeights: JobKind(_make_weights, needs_run=True),
    StartDiagnosis: JobKind(_make_diagnosis, needs_run=True, is_single=True),
    StartVerify: JobKind(_make_verdict, is_single=True, first_part=_first_verdict),
    CheckCode: JobKind(_make_check, is_single=True),
}


def job_of(command: StartJob, run: Lockstep | None, surface: SurfacePart | None) -> Job:
    """Make the work that is asked for; ``surface`` is the newest one of the run, if there is any."""
    return JOBS[type(command)].make(command, run, surface)


def needs_run(command: StartJob) -> bool:
    return JOBS[type(command)].needs_run


def before_any_part(command: StartJob) -> Any:
    """Return what is told of a job that has found nothing yet, None where that is nothing."""
    first = JOBS[type(command)].first_part
    return None if first is None else first(command)


def is_part(answer: object) -> bool:
    """Return whether an answer says how far a job has come."""
    return hasattr(answer, "state")
