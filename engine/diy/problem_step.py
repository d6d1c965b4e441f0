"""One step on a function of two numbers: value, gradient, update. There is no data, and nothing between."""

from types import ModuleType
from typing import Any

import numpy as np

from .network import Params
from .problems import Problem
from .step import Clip, States, Step, update


def problem_step(
    problem: Problem,
    params: Params,
    states: States,
    optimizer: ModuleType,
    hyper: Any,
    clip: Clip | None = None,
) -> Step:
    """Take one step from a point, shaped ``(..., 1, 2)``, which is all of ``params``; nothing passed in is changed."""
    ((name, w),) = params.items()
    L = problem.f(w)
    dL_dw = problem.df(w)
    grads = {name: dL_dw}
    clipped = clip(grads) if clip else grads
    new_params, new_states = update(params, states, clipped, optimizer, hyper)
    dL_dL = np.ones_like(L)
    return Step([], L, dL_dL, grads, clipped, new_params, new_states)
