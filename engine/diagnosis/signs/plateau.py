"""A loss that hardly falls any more, though it is far from nothing."""

from collections.abc import Iterator

import numpy as np

from engine.diagnosis.evidence import Evidence
from engine.protocol import Diagnosis, Place

STEPS = 200  # of which at least something can be said
FALL = 0.005  # of the loss, in a quarter of the run: less is hardly any
LOW = 0.01  # of the loss at the start: what is so low is no plateau to leave


def find(evidence: Evidence) -> Iterator[Diagnosis | None]:
    """Compare the mean loss of the last quarter of the steps with that of the quarter before."""
    quarter = evidence.step // 4
    if evidence.step < STEPS or not evidence.is_finite:
        return
    before, last = (float(part.mean()) for part in np.split(evidence.losses[-2 * quarter :], 2))
    if abs(before - last) > FALL * abs(before) or last <= LOW * evidence.losses[0]:
        return
    squares = (np.sum(np.square(grad, dtype=np.float64)) for grad in evidence.passes.grads.values())
    fields = {"steps": quarter, "begin": before, "end": last, "gradient": float(np.sqrt(sum(squares)))}
    yield Diagnosis("plateau", evidence.entry, fields, Place("loss"))
