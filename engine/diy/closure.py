"""The step of an optimizer that moves all parameters at once, as one vector, and may evaluate the loss several times.

torch hands such an optimizer a closure that evaluates the loss again; LBFGS is the one that wants it.
"""

from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import Any

import numpy as np
from numpy import ndarray as Array

from .losses import Loss
from .network import Grads, Layer, Params, backward, forward
from .problems import Problem
from .step import States, Step

Evaluate = Callable[[Array], tuple[Array, Array]]


def takes_closure(optimizer: ModuleType) -> bool:
    """Tell whether it has a ``minimize`` of all parameters in place of an ``update`` of each."""
    return "minimize" in vars(optimizer)


def parameters_to_vector(arrays: Iterable[Array]) -> Array:
    """Lay all arrays end to end, as torch's function of that name does."""
    return np.concatenate(list(arrays), axis=None)


def vector_to_parameters(vector: Array, params: Params) -> dict[str, Array]:
    """Take parameters named and shaped as ``params`` from the vector."""
    taken: dict[str, Array] = {}
    place = 0
    for name, weight in params.items():
        end = place + weight.size
        taken[name] = vector[place:end].reshape(weight.shape)
        place = end
    return taken


def evaluation(layers: Sequence[Layer], params: Params, x: Array, y: Array, loss: Loss) -> Evaluate:
    """Return the loss and its gradient as a function of all parameters, end to end."""

    def evaluate(w: Array) -> tuple[Array, Array]:
        tried = vector_to_parameters(w, params)
        a, caches = forward(layers, tried, x)
        grads = backward(layers, tried, caches, loss.df(a, y))
        return loss.f(a, y), parameters_to_vector(grads.values())

    return evaluate


def problem_evaluation(problem: Problem, shape: tuple[int, ...]) -> Evaluate:
    """Return the value and gradient of a function of two numbers as a function of its flat point."""

    def evaluate(w: Array) -> tuple[Array, Array]:
        w = w.reshape(shape)
        return problem.f(w), problem.df(w).reshape(-1)

    return evaluate


def closure_step(
    layers: Sequence[Layer],
    params: Params,
    states: States,
    x: Array,
    y: Array,
    loss: Loss,
    optimizer: ModuleType,
    hyper: Any,
) -> Step:
    """Take one step as ``train_step`` does; the state of all parameters stands under the first one's name.

    Nothing is clipped: losses are compared, which wants their gradient as it is.
    """
    a, caches = forward(layers, params, x)
    L = loss.f(a, y)
    dL_da = loss.df(a, y)
    grads = backward(layers, params, caches, dL_da)
    evaluate = evaluation(layers, params, x, y, loss)
    new_params, new_states = update(params, states, grads, L, evaluate, optimizer, hyper)
    return Step(caches, L, dL_da, grads, grads, new_params, new_states)


def closure_problem_step(
    problem: Problem,
    params: Params,
    states: States,
    optimizer: ModuleType,
    hyper: Any,
) -> Step:
    """Take one step as ``problem_step`` does."""
    ((name, w),) = params.items()
    L = problem.f(w)
    dL_dw = problem.df(w)
    grads = {name: dL_dw}
    evaluate = problem_evaluation(problem, w.shape)
    new_params, new_states = update(params, states, grads, L, evaluate, optimizer, hyper)
    dL_dL = np.ones_like(L)
    return Step([], L, dL_dL, grads, grads, new_params, new_states)


def update(
    params: Params,
    states: States,
    grads: Grads,
    loss: Array,
    evaluate: Evaluate,
    optimizer: ModuleType,
    hyper: Any,
) -> tuple[dict[str, Array], dict[str, Any]]:
    """Let the optimizer move all parameters, end to end."""
    first, *_ = params
    g = parameters_to_vector(grads.values())
    w = parameters_to_vector(params.values())
    w, state = optimizer.minimize(loss, g, evaluate, w, states[first], hyper)
    return vector_to_parameters(w, params), {first: state}
