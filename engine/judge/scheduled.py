"""A schedule is judged: the rate in force, and what the schedule makes of the step that was taken."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from engine.backends import scheduled
from engine.lane.diy_lane import schedule_of
from engine.lane.lane import Snapshot, State, numbers_of
from engine.lane.layout import RATE
from engine.spec import ExperimentSpec, OptimizerSpec, complete, shapes_of
from engine.spec.groups import groups_of
from engine.spec.hyperparameters import complete_schedule

from .hearing import Wrong
from .rule import FACTOR
from .step import Step

OF_A_STEP = 8  # roundings, at most, that torch makes of a rate at each step
RATES = ("lr", "base")
SMALLEST_NORMAL = float(np.finfo(np.float64).tiny)  # below it a rounding grows no smaller


def schedule_wrong(spec: ExperimentSpec, entry: int, before: Snapshot, step: Step) -> list[Wrong]:
    """List what of the rate, a cycled momentum and the schedule's counters is not torch's, in each group of weights.

    These are Python's own numbers, and torch mostly works each rate out from the one before: so one may be off by as
    many roundings of the largest rate as steps were taken.
    """
    optimizer = spec.optimizers[entry]
    if not optimizer.groups:
        return _wrong(spec, optimizer, before.schedule, step, step.own.hyper)
    groups = groups_of(optimizer, shapes_of(spec))
    states: Any = (before.schedule or {}).get("groups", (None,) * len(groups))
    return [
        wrong
        for group, state in zip(groups, states, strict=True)
        for hyper in _distinct(step.own.hyper_of(weight) for weight in group.weights)
        for wrong in _wrong(spec, group.entry, state, step, hyper)
    ]


def _distinct(hypers: Iterable[Any]) -> list[Any]:
    """Return each ``Hyper`` once: all weights of a group have the same, or some is in another group than it should."""
    return list({id(hyper): hyper for hyper in hypers}.values())


def _wrong(spec: ExperimentSpec, optimizer: OptimizerSpec, at: State | None, step: Step, hyper: Any) -> list[Wrong]:
    """``hyper`` is what was in force, ``at`` where the schedule of all the optimizer's weights stood."""
    schedule = schedule_of(optimizer)
    if schedule is None:
        return []
    spec = spec.model_copy(update={"optimizers": (optimizer,)})
    base = complete(optimizer.name, optimizer.params)
    loss = float(step.get("loss"))
    torch_now, torch_after = scheduled(spec, 0, at, loss)
    begun = schedule.begin()
    state: dict[str, Any] = dict(at or begun)
    schedule.hyper(base, state)
    after = schedule.after(state, loss)
    next_rate = {**after, "lr": schedule.hyper(base, after).lr}
    plans = [numbers_of(complete_schedule(phase.name, phase.params)._asdict()) for phase in optimizer.phases]
    ends = [abs(plan.get(name, 0.0)) for plan in plans for name in ("max_lr", "base_lr", "eta_min")]
    largest = max(abs(base.lr), *ends)
    magnified = max(map(_magnified, plans))
    roundings = FACTOR * OF_A_STEP * (2 + int(state["t"])) * float(np.finfo(np.float64).eps) * magnified
    now = {name: value for name, value in numbers_of(hyper._asdict()).items() if name in torch_now}
    sides = [(now, torch_now), (next_rate, torch_after)]
    if at and not state["t"]:
        sides.append((begun, at))
    return [wrong for diy, torch in sides for wrong in _apart(diy, torch, roundings, largest)]


def _magnified(plan: Mapping[str, float]) -> float:
    """Return how roundings grow: as often as by a power; in a cycle a short side, a part of the whole, loses digits."""
    up = plan.get("step_size_up", 1.0)
    down = plan.get("step_size_down", up)
    return max(1.0, plan.get("power", 1.0), (up + down) / max(min(up, down), 1.0))


def _apart(diy: Mapping[str, Any], torch: Mapping[str, Any], roundings: float, largest: float) -> Iterator[Wrong]:
    """Numbers that both have; what counts something is the same on both sides, or wrong."""
    for name, value in diy.items():
        if name not in torch:
            continue
        one, other = float(value), float(torch[name])
        is_counted = name in ("t", "bad", "cooldown")
        scale = max(abs(other), largest if name in RATES else 1.0, SMALLEST_NORMAL)
        allowed = 0.0 if is_counted else roundings * scale
        is_same = one == other or (np.isnan(one) and np.isnan(other))
        is_near = bool(np.isfinite(one) and np.isfinite(other)) and abs(one - other) <= allowed
        if not (is_same or is_near):
            yield Wrong(name if name in ("momentum", "betas[0]") else RATE, (), one, other)
