"""An optimizer entry's learning rate from step to step: its schedule, with a warm-up before it, by hand.

What ``engine.diy.schedules`` has no place for is here: the count of steps, the warm-up that comes first and others that
come after (``schedule_chain``), and the base rate that a person changes during a run. ``engine.twin.schedules`` is the
same with torch's own objects.
"""

from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.schedules import SCHEDULES
from engine.diy.schedules.hyper import LARGEST_RATE

from .hyperparameters import complete, complete_schedule, cycled_field, looks_at_loss
from .model import OptimizerSpec
from .schedule_chain import Chain

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
        self._plateau: Any = None  # its file in the textbook
        self._chain: Chain | None = None
        self._cycled = cycled_field(entry.name)
        if len(entry.phases) == 1 and looks_at_loss(entry.phases[0].name):
            self._plateau = SCHEDULES[entry.phases[0].name]
            self._hyper = complete_schedule(entry.phases[0].name, entry.phases[0].params)
        elif entry.phases:
            self._chain = Chain(entry.phases)

    def begin(self) -> State:
        """Return the state before the first step."""
        if self._plateau is not None:
            _, best, bad, cooldown = self._plateau.init(self._base, self._hyper)
            return {"t": 0, "lr": self._base, "base": self._base, "best": best, "bad": bad, "cooldown": cooldown}
        return {} if self._chain is None else {"t": 0}

    def hyper(self, hyper: Any, state: State) -> Any:
        """Return the optimizer's ``Hyper`` for the next step, of the one that a person gave."""
        self._base = hyper.lr
        if self._plateau is not None:
            return hyper._replace(lr=_rebased(state, hyper.lr))
        if self._chain is None:
            return hyper
        t = state["t"]
        hyper = hyper._replace(lr=_bounded(self._chain.rate(t, self._base)))
        if not self._chain.moves_momentum:
            return hyper
        return _with_momentum(hyper, self._cycled, self._chain.momentum(t))

    def after(self, state: State, loss: Any) -> State:
        """Return the state once a step has been taken whose loss, before its update, was ``loss``."""
        if self._plateau is None:
            return state if self._chain is None else {"t": state["t"] + 1}
        before = self._plateau.State(_rebased(state, self._base), state["best"], state["bad"], state["cooldown"])
        seen = self._plateau.observe(_of_each(loss), before, self._hyper)
        lr, best, bad, cooldown = (_plain(value) for value in seen)
        return {"t": state["t"] + 1, "lr": lr, "base": self._base, "best": best, "bad": bad, "cooldown": cooldown}


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
