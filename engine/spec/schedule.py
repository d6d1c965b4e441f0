"""An optimizer entry's learning rate from step to step: its schedule, with a warm-up before it, by hand.

What ``engine.diy.schedules`` has no place for is here: the count of steps, the warm-up that comes first, and the base
rate that a person changes during a run. ``engine.twin.schedules`` is the same with torch's own objects.
"""

from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.schedules import SCHEDULES, linear_lr
from engine.diy.schedules.hyper import LARGEST_RATE

from .hyperparameters import complete, complete_schedule, cycled_field, looks_at_loss
from .model import OptimizerSpec

State = dict[str, Any]


class Schedule:
    """Move the rate: ``hyper`` before each step, ``after`` behind it; a state is plain numbers, never changed in
    place.

    The state has ``t``, the steps taken; that of ReduceLROnPlateau also ``lr``, the rate of the next step, ``base``,
    the base rate that it has come from, ``best``, ``bad`` and ``cooldown``. (torch's twin has ``lr`` and ``base``
    always; all else is the same, and each takes up the other's.) Without a schedule it is empty. Of K networks at once
    a hyperparameter may be an array (K, 1, 1), and then a loss is an array (K,) and so may be what is in the state.
    """

    def __init__(self, entry: OptimizerSpec):
        self._base: Any = complete(entry.name, entry.params).lr  # the rate that the next step has without a schedule
        self._module: Any = None
        if entry.schedule is None:
            return
        self._module = SCHEDULES[entry.schedule.name]
        self._hyper = complete_schedule(entry.schedule.name, entry.schedule.params)
        self._is_plateau = looks_at_loss(entry.schedule.name)
        self._moves_momentum = getattr(self._hyper, "cycle_momentum", False)
        self._cycled = cycled_field(entry.name)
        self._steps_before, self._warmup = 0, linear_lr.Hyper()
        if entry.schedule.warmup is not None:
            self._steps_before, factor = entry.schedule.warmup.steps, entry.schedule.warmup.start_factor
            self._warmup = linear_lr.Hyper(factor, total_iters=self._steps_before)

    def begin(self) -> State:
        """Return the state before the first step."""
        if self._module is None:
            return {}
        if self._is_plateau:
            _, best, bad, cooldown = self._module.init(self._base, self._hyper)
            return {"t": 0, "lr": self._base, "base": self._base, "best": best, "bad": bad, "cooldown": cooldown}
        return {"t": 0}

    def hyper(self, hyper: Any, state: State) -> Any:
        """Return the optimizer's ``Hyper`` for the next step, of the one that a person gave."""
        if self._module is None:
            return hyper
        self._base = hyper.lr
        if self._is_plateau:
            return hyper._replace(lr=_rebased(state, hyper.lr))
        t = state["t"]
        hyper = hyper._replace(lr=self._rate(t))
        if not self._moves_momentum:
            return hyper
        return _with_momentum(hyper, self._cycled, self._momentum(t))

    def after(self, state: State, loss: Any) -> State:
        """Return the state once a step has been taken whose loss, before its update, was ``loss``."""
        if self._module is None:
            return state
        t = state["t"] + 1
        if not self._is_plateau:
            return {"t": t}
        before = self._module.State(_rebased(state, self._base), state["best"], state["bad"], state["cooldown"])
        seen = self._module.observe(_of_each(loss), before, self._hyper)
        lr, best, bad, cooldown = (_plain(value) for value in seen)
        return {"t": t, "lr": lr, "base": self._base, "best": best, "bad": bad, "cooldown": cooldown}

    def _rate(self, t: int) -> Any:
        """Return the rate after ``t`` steps; the warm-up leads to the schedule's begin, or, in a cycle, to the base."""
        base = self._base
        if t >= self._steps_before:
            return _bounded(self._module.rate(t - self._steps_before, base, self._hyper))
        return _bounded(linear_lr.rate(t, self._goal(base), self._warmup))

    def _momentum(self, t: int) -> float:
        """Return momentum, or first beta, after ``t`` steps: while the rate warms up it stays as the cycle begins."""
        return float(self._module.momentum(max(t - self._steps_before, 0), self._hyper))

    def _goal(self, base: Any) -> Any:
        """Return what torch's warm-up takes for the base: OneCycleLR has its own first rate in its place."""
        return self._hyper.max_lr / self._hyper.div_factor if hasattr(self._hyper, "div_factor") else base


def _with_momentum(hyper: Any, field: str | None, momentum: float) -> Any:
    if field == "betas":
        return hyper._replace(betas=(momentum, *hyper.betas[1:]))
    return hyper._replace(momentum=momentum)


def _rebased(state: State, base: Any) -> Any:
    """Return the rate that a plateau has led to, once the base is another: its falls are kept as a factor."""
    old = state["base"]
    if not isinstance(old, Array) and not isinstance(base, Array):
        return state["lr"] * (base / old) if old else base
    return np.where(old == 0, base, state["lr"] * (base / np.where(old == 0, 1, old)))


def _bounded(rate: Any) -> Any:
    """Return the rate as plain numbers, within what a step can take; 0 times an infinite growth is 0."""
    if isinstance(rate, Array):
        return np.where(np.isnan(rate), 0.0, np.minimum(rate, LARGEST_RATE))
    rate = float(rate)
    return min(rate, LARGEST_RATE) if rate == rate else 0.0


def _of_each(loss: Any) -> Any:
    """Each network's loss, shaped as its hyperparameters: (K, 1, 1)."""
    return np.asarray(loss, np.float64)[..., None, None] if np.ndim(loss) else float(loss)


def _plain(value: Any) -> Any:
    return value if np.ndim(value) else np.asarray(value).item()
