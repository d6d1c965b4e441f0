"""Many configurations trained as one: every weight has an axis more, every swept hyperparameter is an array."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.network import Params
from engine.lane.batches import Rows
from engine.lane.diy_lane import schedule_of
from engine.spec import OptimizerSpec

from .objective import Objective
from .weak import weak


class Stack:
    """Train K configurations as one.

    No configuration knows of another: what is no number in one stays there.
    """

    def __init__(self, objective: Objective, entry: OptimizerSpec, starts: Sequence[Array], hyper: Any):
        """Put the networks side by side.

        ``starts``: each weight of all K, shaped ``(K, out, in)`` and ``(K, out)``. ``entry`` has the schedule.
        """
        self._objective, self._hyper = objective, hyper
        stacked = [start[:, None] if start.ndim == 2 else start for start in starts]
        self._params = objective.params(stacked)
        self._states = _states(objective, objective.params([start[0] for start in starts]), len(starts[0]))
        self._begin_schedule(entry)

    def _begin_schedule(self, entry: OptimizerSpec) -> None:
        self._schedule = schedule_of(entry)
        if self._schedule is not None:
            self._schedule.hyper(self._hyper, self._schedule.begin())  # the base that it begins with is ours
            self._scheduled = self._schedule.begin()

    def step(self, rows: Rows) -> Array:
        """Take a step of all and return the losses before the update, (K,)."""
        step = self._objective.step(self._params, self._states, self._hyper_now(), rows)
        self._params, self._states = step.params, step.states
        if self._schedule is not None:
            self._scheduled = self._schedule.after(self._scheduled, step.loss)
        return step.loss

    def _hyper_now(self) -> Any:
        if self._schedule is None:
            return self._hyper
        hyper = self._schedule.hyper(self._hyper, self._scheduled)
        return hyper._replace(lr=weak(hyper.lr)) if isinstance(hyper.lr, Array) else hyper

    def losses(self, first: int, last: int) -> Array:
        """Return the losses on all rows of the weights reached by the configurations ``first`` to before ``last``."""
        return self._objective.losses({name: weight[first:last] for name, weight in self._params.items()})

    def test_losses(self, first: int, last: int) -> Array | None:
        """Return the same on the test rows; None where there are none."""
        return self._objective.test_losses({name: weight[first:last] for name, weight in self._params.items()})

    @property
    def is_lost(self) -> bool:
        """Return whether every configuration has a weight that is no number: none of them comes back from there."""
        lost = [np.isnan(weight).any(axis=(-2, -1)) for weight in self._params.values()]
        return bool(np.any(lost, axis=0).all())


def _states(objective: Objective, alone: Params, count: int) -> dict[str, Any]:
    """Return the optimizer's first state of one network for each of ``count``: ``init`` looks at the weight's shape."""
    init = objective.optimizer.init
    return {name: _repeated(init(weight), count, bias=weight.ndim == 1) for name, weight in alone.items()}


def _repeated(state: Any, count: int, bias: bool = False) -> Any:
    """Return a state's arrays with the configurations' axis in front, which share the memory of one: none is changed in
    place.
    """
    between = (1,) if bias else ()
    return state._make(
        np.broadcast_to(value, (count, *between, *value.shape)) if isinstance(value, Array) else value
        for value in state
    )
