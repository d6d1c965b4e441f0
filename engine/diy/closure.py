"""Optimizers that move all weights at once, as one vector: they may evaluate the loss several times a step."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import numpy as np
from numpy import ndarray as Array

from .losses import Loss
from .network import Gradient, Layer, backward, forward
from .problems import Problem

Evaluate = Callable[[Array], tuple[Array, Array]]


def is_whole(optimizer: ModuleType) -> bool:
    """Whether it has a ``minimize`` of all weights in place of an ``update`` of each."""
    return "minimize" in vars(optimizer)


def flat(layers: Sequence[Layer]) -> Array:
    """All weights end to end, as torch's ``parameters_to_vector`` has them."""
    return _end_to_end([array for W, b, _ in layers for array in (W, b)])


def flat_gradient(gradients: Sequence[Gradient]) -> Array:
    return _end_to_end([array for pair in gradients for array in pair])


def _end_to_end(arrays: Sequence[Array | None]) -> Array:
    return np.concatenate([array for array in arrays if array is not None], axis=None)


def unflat(layers: Sequence[Layer], vector: Array) -> list[Layer]:
    """The layers with their weights taken from the vector."""
    new_layers: list[Layer] = []
    place = 0
    for W, b, activation in layers:
        end = place + W.size
        new_W = vector[place:end].reshape(W.shape)
        new_b = b
        if b is not None:
            place = end
            end = place + b.size
            new_b = vector[place:end].reshape(b.shape)
        place = end
        new_layers.append(Layer(new_W, new_b, activation))
    return new_layers


def evaluation(layers: Sequence[Layer], x: Array, y: Array, loss: Loss) -> Evaluate:
    """The loss and its gradient as a function of all weights."""

    def evaluate(w: Array) -> tuple[Array, Array]:
        tried = unflat(layers, w)
        passes = forward(tried, x)
        a = passes[-1].a
        return loss.f(a, y), flat_gradient(backward(tried, passes, loss.df(a, y)))

    return evaluate


def problem_evaluation(problem: Problem, shape: tuple[int, ...]) -> Evaluate:
    """The same of a function of two numbers."""

    def evaluate(w: Array) -> tuple[Array, Array]:
        w = w.reshape(shape)
        return problem.f(w), problem.df(w).reshape(-1)

    return evaluate


def update(
    layers: Sequence[Layer],
    states: Sequence[tuple[Any, Any]],
    gradients: Sequence[Gradient],
    loss: Array,
    evaluate: Evaluate,
    optimizer: ModuleType,
    hyper: Any,
) -> tuple[list[Layer], list[tuple[Any, Any]]]:
    """Let the optimizer move all weights; its state stands in the first weight's place."""
    (state, _), *others = states
    w, state = optimizer.minimize(loss, flat_gradient(gradients), evaluate, flat(layers), state, hyper)
    return unflat(layers, w), [(state, None), *others]
