"""Diagnoses in the background, for the window."""

from collections.abc import Iterator

from engine.protocol import Diagnosed, Diagnosis, StartDiagnosis
from engine.run.lockstep import Lockstep

from .diagnose import diagnose_all


def diagnosis_job(run: Lockstep, command: StartDiagnosis) -> Iterator[Diagnosed | None]:
    """Look at every entry, and tell all at the end."""
    step, found = run.step, list[Diagnosis]()
    for one in diagnose_all(run):
        if one is not None:
            found.append(one)
        yield None
    yield Diagnosed(command.job, step, tuple(found))
