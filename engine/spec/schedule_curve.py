"""What an entry's schedule makes of its learning rate, before any run."""

from collections.abc import Sequence
from math import log
from typing import Any

import numpy as np
from numpy import ndarray as Array

from .hyperparameters import complete, complete_schedule, looks_at_loss, one_cycle_steps, schedule_names
from .model import OptimizerSpec

LONGEST = 10**9  # steps of a picture
ORDINARY = 100  # of a schedule of which no more is known


def schedule_curve(entry: OptimizerSpec, steps: int) -> Array | None:
    """Return the learning rate of steps 1 to ``steps``; None where the loss will tell."""
    return schedule_rates(entry, range(1, steps + 1))


def schedule_rates(entry: OptimizerSpec, steps: Sequence[int]) -> Array | None:
    """Return the learning rate of each of these steps, counted from 1; None where the loss will tell."""
    from .schedule import Schedule

    if any(looks_at_loss(phase.name) for phase in entry.phases):
        return None
    schedule, given = Schedule(entry), complete(entry.name, entry.params)
    begun = schedule.begin()
    with np.errstate(all="ignore"):
        return np.array([schedule.hyper(given, begun | {"t": step - 1}).lr for step in steps], np.float64)


def schedule_length(entry: OptimizerSpec) -> int | None:
    """Count the steps in which the schedule shows all it does; None where there is none, or the loss will tell."""
    phases = entry.phases
    if not phases or any(phase.name not in schedule_names() or looks_at_loss(phase.name) for phase in phases):
        return None
    last = phases[-1]
    hyper = complete_schedule(last.name, last.params)
    shown = _LENGTHS[last.name](hyper) if last.name in _LENGTHS else ORDINARY
    return min(max(_begin_of_last(entry) + shown, 10), LONGEST)


def _begin_of_last(entry: OptimizerSpec) -> int:
    """Count the steps before the last phase begins: those of the warm-up, and of the other phases."""
    warmup = entry.phases[0].warmup
    return (0 if warmup is None else warmup.steps) + sum(phase.steps or 0 for phase in entry.phases[:-1])


def first_unplanned_step(entry: OptimizerSpec) -> int | None:
    """Return the first step that OneCycleLR has no plan for, as the last of schedules; None where there is none.

    torch's optimizer still takes it, at a rate that shoots beyond the plan's last one; then its scheduler, which is
    stepped behind the optimizer, raises ValueError.
    """
    last = entry.phases[-1] if entry.phases else None
    if last is None or last.name != "OneCycleLR":
        return None
    return _begin_of_last(entry) + one_cycle_steps(complete_schedule(last.name, last.params)) + 1


def _exponential(hyper: Any) -> int:
    """Until the rate is a hundredth of what it was, or a hundredfold."""
    return 100 if hyper.gamma in (0, 1) else int(log(100) / abs(log(hyper.gamma))) + 1


def _restarts(hyper: Any) -> int:
    """Three waves, or two where each is far longer than the one before."""
    return hyper.T_0 * (1 + hyper.T_mult + (hyper.T_mult**2 if hyper.T_mult < 4 else 0))


def _cycles(hyper: Any) -> int:
    return 3 * (hyper.step_size_up + (hyper.step_size_down or hyper.step_size_up))


def _with_rest(steps: int) -> int:
    """Return the steps with some of what comes after the end, which is better seen so."""
    return steps + steps // 4 + 1


_LENGTHS = {
    "StepLR": lambda hyper: 4 * hyper.step_size,
    "MultiStepLR": lambda hyper: _with_rest(max(hyper.milestones, default=0)),
    "ConstantLR": lambda hyper: 2 * hyper.total_iters,
    "LinearLR": lambda hyper: _with_rest(hyper.total_iters),
    "ExponentialLR": _exponential,
    "PolynomialLR": lambda hyper: _with_rest(hyper.total_iters),
    "CosineAnnealingLR": lambda hyper: 2 * hyper.T_max,
    "CosineAnnealingWarmRestarts": _restarts,
    "CyclicLR": _cycles,
    "OneCycleLR": lambda hyper: _with_rest(one_cycle_steps(hyper)),
}
