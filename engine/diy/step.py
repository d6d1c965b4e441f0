"""One training step: forward, loss, backward, update."""

from collections.abc import Sequence
from types import ModuleType
from typing import Any, NamedTuple

from numpy import ndarray as Array

from .losses import Loss
from .network import Gradient, Layer, Pass, backward, forward


class Step(NamedTuple):
    """What one step computed. ``loss`` and ``gradients`` belong to the weights before the update."""

    passes: list[Pass]
    loss: Array
    dL_da: Array
    gradients: list[Gradient]
    layers: list[Layer]
    states: list[tuple[Any, Any]]


def train_step(
    layers: Sequence[Layer],
    states: Sequence[tuple[Any, Any]],
    x: Array,
    y: Array,
    loss: Loss,
    optimizer: ModuleType,
    hyper: Any,
) -> Step:
    """Take one step; nothing passed in is changed.

    ``states`` holds the optimizer's state of each layer's ``(W, b)``; ``hyper`` is the optimizer
    module's own ``Hyper``.
    """
    passes = forward(layers, x)
    a = passes[-1].a
    L = loss.f(a, y)
    dL_da = loss.df(a, y)
    gradients = backward(layers, passes, dL_da)
    new_layers, new_states = update(layers, states, gradients, optimizer, hyper)
    return Step(passes, L, dL_da, gradients, new_layers, new_states)


def update(
    layers: Sequence[Layer],
    states: Sequence[tuple[Any, Any]],
    gradients: Sequence[Gradient],
    optimizer: ModuleType,
    hyper: Any,
) -> tuple[list[Layer], list[tuple[Any, Any]]]:
    """Let the optimizer move every weight and bias."""
    new_layers: list[Layer] = []
    new_states: list[tuple[Any, Any]] = []
    for (W, b, activation), (W_state, b_state), (dL_dW, dL_db) in zip(layers, states, gradients, strict=True):
        W, W_state = optimizer.update(dL_dW, W_state, W, hyper)
        if b is not None:
            b, b_state = optimizer.update(dL_db, b_state, b, hyper)
        new_layers.append(Layer(W, b, activation))
        new_states.append((W_state, b_state))
    return new_layers, new_states
