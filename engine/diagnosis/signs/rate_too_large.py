"""A learning rate that is too large, shown by one that is not: the same steps are taken with it.

Of an entry with groups of weights each group's rate is tried by itself; then, where none alone does it, all of them.
"""

from collections.abc import Generator, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.backends import make_lane
from engine.diagnosis.evidence import Evidence
from engine.lane.batches import Batches
from engine.protocol import Diagnosis, Place
from engine.spec import OptimizerSpec, complete, shapes_of
from engine.spec.faults import listed
from engine.spec.groups import Group, group_entry, groups_of

DIVISORS = (3, 10, 30, 100)
STEPS = 20  # after which at the soonest something is said
TRIED = 60  # steps, at the most, with another rate
RISES = 0.3  # of the steps: where the loss rises so often, the steps may be too large
CLEARLY = 0.5  # of the loss that the run came to: so low another rate must lead


Rates = Mapping[int | None, float]  # by a group's index; None: of the weights in no group, or of all


class Better(NamedTuple):
    """Hold lower rates, how many times lower they are, and the loss that they lead to."""

    end: float
    divisor: int
    rates: Rates


def find(evidence: Evidence) -> Iterator[Diagnosis | None]:
    """Take lower rates from the start where the loss rises; a rate is blamed only if one of them does much better."""
    rates = _rates(evidence)
    if not rates or evidence.step < STEPS or not _is_suspicious(evidence):
        return
    steps = min(evidence.step, TRIED)
    run_end = _mean_of_last(evidence.losses[:steps])
    for lowered in _to_lower(rates):
        found = yield from _best(evidence, {place: rates[place] for place in lowered}, steps, run_end)
        if found is not None:
            told = {"steps": steps, "begin": float(evidence.losses[0]), "end": float(run_end)}
            yield _told(evidence, rates, found, {**told, "better_end": found.end})
            return


def _to_lower(rates: Rates) -> Iterator[list[int | None]]:
    """Yield whose rates are lowered together: each by itself, then all."""
    if len(rates) > 1:
        yield from ([place] for place in rates)
    yield list(rates)


def _best(evidence: Evidence, rates: Rates, steps: int, run_end: float) -> Generator[None, None, Better | None]:
    """Return the lower rates that lead to the lowest loss, if that is much lower than the run's."""
    found: list[Better] = []
    for divisor in DIVISORS:
        lower = {place: float(f"{rate / divisor:.1g}") for place, rate in rates.items()}
        losses = yield from _tried(evidence, lower, steps)
        end = _mean_of_last(losses)
        if np.isfinite(end) and (not np.isfinite(run_end) or end < CLEARLY * run_end):
            found.append(Better(end, divisor, lower))
    return min(found, default=None, key=lambda better: better.end)


def _told(evidence: Evidence, rates: Rates, found: Better, fields: dict[str, Any]) -> Diagnosis:
    if len(found.rates) > 1:
        kind, fields = "rates_too_large", {**fields, "divisor": found.divisor}
    else:
        ((place, better),) = found.rates.items()
        kind, fields = "rate_too_large", {**fields, "rate": rates[place], "better": better}
        if len(rates) > 1:
            kind, fields = "group_rate_too_large", {**fields, "weights": listed(_weights(evidence, place))}
    return Diagnosis(kind, evidence.entry, fields, Place("optimizer", "lr"))


def _groups(evidence: Evidence) -> list[Group]:
    return groups_of(evidence.spec.optimizers[evidence.entry], shapes_of(evidence.spec))


def _weights(evidence: Evidence, place: int | None) -> tuple[str, ...]:
    return next(group.weights for group in _groups(evidence) if group.place == place)


def _rates(evidence: Evidence) -> Rates:
    """Return the entry's learning rates; none where own code, a schedule or a hand makes them something else."""
    if evidence.spec.optimizers[evidence.entry].schedule is not None or not evidence.is_repeatable:
        return {}
    hypers = {group.place: complete(group.entry.name, group.entry.params) for group in _groups(evidence)}
    return {place: hyper.lr for place, hyper in hypers.items() if hasattr(hyper, "lr")}


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


def _tried(evidence: Evidence, rates: Rates, steps: int) -> Generator[None, None, Array]:
    """Take steps from the start with other rates; returns their losses."""
    entries = list(evidence.spec.optimizers)
    entries[evidence.entry] = _with_rates(entries[evidence.entry], rates)
    spec = evidence.spec.model_copy(update={"optimizers": tuple(entries)})
    lane = make_lane(spec, evidence.entry, "diy", evidence.start)
    batches, losses = Batches(spec), np.full(steps, np.nan)
    for step in range(1, steps + 1):
        losses[step - 1] = lane.step(batches.rows(step))
        yield None
    return losses


def _with_rates(entry: OptimizerSpec, rates: Rates) -> OptimizerSpec:
    """Return the entry with these rates; all other groups keep theirs, which some have of the entry."""
    groups = [
        group.model_copy(update={"params": {**group.params, "lr": rates.get(index, _rate_of(entry, index))}})
        for index, group in enumerate(entry.groups or ())
    ]
    own = {"lr": rates[None]} if None in rates else {}
    return entry.model_copy(update={"params": {**entry.params, **own}, "groups": tuple(groups) or None})


def _rate_of(entry: OptimizerSpec, index: int) -> float:
    whole = group_entry(entry, (entry.groups or ())[index])
    return complete(whole.name, whole.params).lr
