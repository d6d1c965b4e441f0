"""Steps whose weights are moved by optimizers or hyperparameters of their own: groups of parameters.

Each weight has its own rule; one weight knows nothing of another, so nothing else is different.
"""

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np
from numpy import ndarray as Array

from .losses import Loss
from .network import Grads, Layer, Params, backward, forward
from .problems import Problem
from .step import NONE, Clip, States, Step


def grouped_step(
    layers: Sequence[Layer],
    params: Params,
    states: States,
    x: Array,
    y: Array,
    loss: Loss,
    optimizers: Mapping[str, ModuleType],
    hypers: Mapping[str, Any],
    clip: Clip | None = None,
    buffers: Params = NONE,
) -> Step:
    """Take one step, as ``train_step`` does; ``optimizers`` and ``hypers`` have each weight's, by torch's names.

    The gradients are clipped over all weights together, before any is moved.
    """
    a, caches = forward(layers, {**params, **buffers} if buffers else params, x)
    L = loss.f(a, y)
    dL_da = loss.df(a, y)
    grads = backward(layers, params, caches, dL_da)
    clipped = clip(grads) if clip else grads
    new_params, new_states = update(params, states, clipped, optimizers, hypers)
    return Step(caches, L, dL_da, grads, clipped, new_params, new_states)


def grouped_problem_step(
    problem: Problem,
    params: Params,
    states: States,
    optimizers: Mapping[str, ModuleType],
    hypers: Mapping[str, Any],
    clip: Clip | None = None,
) -> Step:
    """Take one step on a function of two numbers, as ``problem_step`` does."""
    ((name, w),) = params.items()
    L = problem.f(w)
    dL_dw = problem.df(w)
    grads = {name: dL_dw}
    clipped = clip(grads) if clip else grads
    new_params, new_states = update(params, states, clipped, optimizers, hypers)
    dL_dL = np.ones_like(L)
    return Step([], L, dL_dL, grads, clipped, new_params, new_states)


def update(
    params: Params, states: States, grads: Grads, optimizers: Mapping[str, ModuleType], hypers: Mapping[str, Any]
) -> tuple[dict[str, Array], dict[str, Any]]:
    """Let each parameter's optimizer move it, by its group's hyperparameters."""
    new_params: dict[str, Array] = {}
    new_states: dict[str, Any] = {}
    for name, weight in params.items():
        optimizer, hyper = optimizers[name], hypers[name]
        weight, state = optimizer.update(grads[name], states[name], weight, hyper)
        new_params[name] = weight
        new_states[name] = state
    return new_params, new_states
