"""Looks for one sign after another."""

from collections.abc import Iterator
from math import inf
from typing import cast

import numpy as np

from engine.protocol import Diagnosis
from engine.run.lockstep import Lockstep

from .evidence import evidence_of
from .signs import SIGNS

NEAR = 1.05  # times a loss that is the lowest: there it cannot fall any more


def diagnose(run: Lockstep, entry: int) -> Iterator[Diagnosis | None]:
    """Yield what keeps an optimizer entry from going well at the step that the run stands at, the gravest first.

    None is yielded every few milliseconds, so that others have their turn. What the run does meanwhile is not seen.
    """
    evidence = evidence_of(run, entry)
    yield None
    floor = -inf
    for find in SIGNS:
        for found in _quietly(find(evidence)):
            if found is not None:
                floor = max(floor, found.fields.get("floor", -inf))
                if found.kind == "plateau" and evidence.passes.loss <= NEAR * floor:
                    continue  # it is the floor that the loss has come to
            yield found
        yield None


def diagnose_all(run: Lockstep) -> Iterator[Diagnosis | None]:
    """Yield the same of every entry in turn; what is of the experiment, and of no entry, is told once."""
    told: set[str] = set()
    for entry in range(len(run.spec.optimizers)):
        for found in diagnose(run, entry):
            if found is None or found.entry is not None:
                yield found
            elif found.kind not in told:
                told.add(found.kind)
                yield found


def _quietly(found: Iterator[Diagnosis | None]) -> Iterator[Diagnosis | None]:
    """Let overflow and NaN be values, as long as one is looked for and no longer."""
    end = object()
    while True:
        with np.errstate(all="ignore"):
            one = next(found, end)
        if one is end:
            return
        yield cast("Diagnosis | None", one)
