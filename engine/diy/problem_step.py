"""One step on a function of two numbers: value, gradient, update. There is no data, and no layer between."""

from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

from numpy import ndarray as Array

from .problems import Problem


class ProblemStep(NamedTuple):
    """What one step computed. ``loss`` and ``gradient`` belong to the point before the update."""

    loss: Array
    gradient: Array
    weight: Array
    state: Any


def problem_step(
    problem: Problem,
    w: Array,
    state: Any,
    optimizer: ModuleType,
    hyper: Any,
    clip: Callable[[list[Array]], list[Array]] | None = None,
) -> ProblemStep:
    """Take one step from the point ``w``; nothing passed in is changed."""
    L = problem.f(w)
    dL_dw = problem.df(w)
    if clip is not None:
        (dL_dw,) = clip([dL_dw])
    new_w, new_state = optimizer.update(dL_dw, state, w, hyper)
    return ProblemStep(L, dL_dw, new_w, new_state)
