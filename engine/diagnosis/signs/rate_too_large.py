"""A learning rate that is too large, shown by one that is not: the same steps are taken with it."""

from collections.abc import Generator, Iterator

import numpy as np
from numpy import ndarray as Array

from engine.backends import make_lane
from engine.diagnosis.evidence import Evidence
from engine.lane.batches import Batches
from engine.protocol import Diagnosis, Place
from engine.spec import ExperimentSpec, complete

DIVISORS = (3, 10, 30, 100)
STEPS = 20  # after which at the soonest something is said
TRIED = 60  # steps, at the most, with another rate
RISES = 0.3  # of the steps: where the loss rises so often, the steps may be too large
CLEARLY = 0.5  # of the loss that the run came to: so low another rate must lead


def find(evidence: Evidence) -> Iterator[Diagnosis | None]:
    """Take lower rates from the start where the loss rises; a rate is blamed only if one of them does much better."""
    rate = _rate(evidence)
    if rate is None or evidence.step < STEPS or not _is_suspicious(evidence):
        return
    steps = min(evidence.step, TRIED)
    run_end = _mean_of_last(evidence.losses[:steps])
    found: list[tuple[float, float]] = []
    for divisor in DIVISORS:
        better = float(f"{rate / divisor:.1g}")
        losses = yield from _tried(evidence, better, steps)
        end = _mean_of_last(losses)
        if np.isfinite(end) and (not np.isfinite(run_end) or end < CLEARLY * run_end):
            found.append((end, better))
    if not found:
        return
    end, better = min(found)
    fields = {
        "rate": rate,
        "steps": steps,
        "begin": float(evidence.losses[0]),
        "end": float(run_end),
        "better": better,
        "better_end": float(end),
    }
    yield Diagnosis("rate_too_large", evidence.entry, fields, Place("optimizer", "lr"))


def _rate(evidence: Evidence) -> float | None:
    """Return the entry's learning rate; None where own code, a schedule or a hand makes it something else."""
    entry = evidence.spec.optimizers[evidence.entry]
    if entry.schedule is not None or entry.groups or not evidence.is_repeatable:
        return None
    return getattr(complete(entry.name, entry.params), "lr", None)


def _is_suspicious(evidence: Evidence) -> bool:
    """Whether the loss is above where it began, no number, or goes up and down."""
    losses = evidence.losses
    if not np.isfinite(losses).all() or _mean_of_last(losses) >= losses[0]:
        return True
    recent = losses[-max(STEPS, len(losses) // 2) :]
    return float(np.mean(np.diff(recent) > 0.01 * np.abs(recent[:-1]))) >= RISES


def _mean_of_last(losses: Array) -> float:
    """Return the mean of the last tenth: what a run comes to, whatever its last batch is like."""
    return float(np.mean(losses[-max(len(losses) // 10, 1) :]))


def _tried(evidence: Evidence, rate: float, steps: int) -> Generator[None, None, Array]:
    """Take steps from the start with another rate; returns their losses."""
    spec = _with_rate(evidence.spec, evidence.entry, rate)
    lane = make_lane(spec, evidence.entry, "diy", evidence.start)
    batches, losses = Batches(spec), np.full(steps, np.nan)
    for step in range(1, steps + 1):
        losses[step - 1] = lane.step(batches.rows(step))
        yield None
    return losses


def _with_rate(spec: ExperimentSpec, entry: int, rate: float) -> ExperimentSpec:
    params = [dict(one.params) for one in spec.optimizers]
    params[entry]["lr"] = rate
    return spec.with_params(params)
