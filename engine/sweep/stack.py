"""Many configurations trained as one: every weight has an axis more, every swept hyperparameter is an array."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.network import Params
from engine.lane.batches import Rows
from engine.lane.diy_lane import schedule_of
from engine.spec import OptimizerSpec

from .objective import Course
from .weak import weak


class Stack:
    """``step`` returns the K losses before the update. No configuration knows of another: what is no number in one
    stays there.
    """

    def __init__(self, course: Course, entry: OptimizerSpec, starts: Sequence[Array], hyper: Any):
        """``starts``: each weight of all K, shaped ``(K, out, in)`` and ``(K, out)``. ``entry`` has the schedule."""
        self._course, self._hyper = course, hyper
        stacked = [start[:, None] if start.ndim == 2 else start for start in starts]
        self._params = course.params(stacked)
        self._states = _states(course, course.params([start[0] for start in starts]), len(starts[0]))
        self._schedule = schedule_of(entry)
        if self._schedule is not None:
            self._schedule.hyper(hyper, self._schedule.begin())  # the base that it begins with is ours
            self._scheduled = self._schedule.begin()

    def step(self, rows: Rows) -> Array:
        step = self._course.step(self._params, self._states, self._hyper_now(), rows)
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
        """Of the weights reached by the configurations ``first`` to before ``last``, on all rows."""
        return self._course.losses({name: weight[first:last] for name, weight in self._params.items()})

    @property
    def is_lost(self) -> bool:
        """Whether every configuration has a weight that is no number: none of them comes back from there."""
        lost = [np.isnan(weight).any(axis=(-2, -1)) for weight in self._params.values()]
        return bool(np.any(lost, axis=0).all())


def _states(course: Course, alone: Params, count: int) -> dict[str, Any]:
    """The optimizer's first state of one network, for each of ``count``: ``init`` looks at the weight's shape."""
    init = course.optimizer.init
    return {name: _repeated(init(weight), count, bias=weight.ndim == 1) for name, weight in alone.items()}


def _repeated(state: Any, count: int, bias: bool = False) -> Any:
    """Nothing is changed in place, so that all may share the memory of one."""
    between = (1,) if bias else ()
    return state._make(
        np.broadcast_to(value, (count, *between, *value.shape)) if isinstance(value, Array) else value
        for value in state
    )
