"""Diagnoses in the background, for the window."""

from collections.abc import Iterator

from engine.protocol import Diagnosed, Diagnosis, StartDiagnosis
from engine.run.lockstep import Lockstep

from .diagnose import diagnose


def diagnosis_job(run: Lockstep, command: StartDiagnosis) -> Iterator[Diagnosed | None]:
    """Look at every entry; what is of the experiment and not of one entry is told once."""
    step, found = run.step, list[Diagnosis]()
    for entry in range(len(run.spec.optimizers)):
        for one in diagnose(run, entry):
            if one is not None and not (one.entry is None and any(other.kind == one.kind for other in found)):
                found.append(one)
            yield None
    yield Diagnosed(command.job, step, tuple(found))
