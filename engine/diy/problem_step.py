"""One step on a function of two numbers: value, gradient, update. There is no data, and no layer between."""

from types import ModuleType
from typing import Any, NamedTuple

from numpy import ndarray as Array

from .network import Gradient
from .problems import Problem
from .step import Clip
from .whole import Evaluate, is_whole


class ProblemStep(NamedTuple):
    """What one step computed. ``loss`` and ``gradient`` belong to the point before the update.

    ``clipped`` is what the optimizer was given: the gradient itself, where nothing is clipped.
    """

    loss: Array
    gradient: Array
    clipped: Array
    weight: Array
    state: Any


def problem_step(
    problem: Problem, w: Array, state: Any, optimizer: ModuleType, hyper: Any, clip: Clip | None = None
) -> ProblemStep:
    """Take one step from the point ``w``, shaped ``(..., 1, 2)``; nothing passed in is changed.

    ``state`` is the optimizer's of the point, ``hyper`` the optimizer module's own ``Hyper``.
    """
    L = problem.f(w)
    dL_dw = problem.df(w)
    clipped = clip([Gradient(dL_dw, None)])[0].dL_dW if clip else dL_dw
    if is_whole(optimizer):
        vector, new_state = optimizer.minimize(L, clipped.ravel(), evaluation(problem, w), w.ravel(), state, hyper)
        new_w = vector.reshape(w.shape)
    else:
        new_w, new_state = optimizer.update(clipped, state, w, hyper)
    return ProblemStep(L, dL_dw, clipped, new_w, new_state)


def evaluation(problem: Problem, w: Array) -> Evaluate:
    """The value and its gradient as a function of a point that is a vector; ``w`` has the shape of points."""

    def evaluate(vector: Array) -> tuple[Array, Array]:
        point = vector.reshape(w.shape)
        return problem.f(point), problem.df(point).ravel()

    return evaluate
