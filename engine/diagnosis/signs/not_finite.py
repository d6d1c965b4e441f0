"""The first number of a run that is not finite: which, and in which step."""

from collections.abc import Generator, Iterator

import numpy as np

from engine.backends import make_lane
from engine.diagnosis.evidence import Evidence
from engine.lane.batches import Batches
from engine.protocol import Diagnosis, Place

MOST_STEPS = 20_000  # that are taken again to find it


def find(evidence: Evidence) -> Iterator[Diagnosis | None]:
    """Take the steps again up to the first loss that is not finite, and name the first value that is none."""
    if evidence.is_finite or not evidence.step:
        return
    is_finite = np.isfinite(evidence.losses)
    last = evidence.step + 1 if is_finite.all() else int(np.argmin(is_finite)) + 1  # else it is the next step's
    found = None if is_finite.all() else (last, "loss")
    if last <= MOST_STEPS and evidence.is_repeatable:
        found = (yield from _first(evidence, last)) or found
    if found is None:
        return
    step, name = found
    fields = {"name": name, "step": step, "dtype": evidence.spec.dtype}
    yield Diagnosis("not_finite", evidence.entry, fields, Place("stage", name))


def _first(evidence: Evidence, last: int) -> Generator[None, None, tuple[int, str] | None]:
    """Return the step and the name of the first value that is not finite, up to step ``last``."""
    lane = make_lane(evidence.spec, evidence.entry, evidence.backend, evidence.start)
    batches = Batches(evidence.spec)
    for step in range(1, last - 1):
        lane.step(batches.rows(step))
        yield None
    for step in range(max(last - 1, 1), last + 1):
        for name, value in lane.recorded_step(batches.rows(step)).items():
            if not np.isfinite(value).all():
                return step, name
    return None
