"""One training step: forward, loss, backward, update."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from numpy import ndarray as Array

from . import closure as whole
from .losses import Loss
from .network import Gradient, Layer, Pass, backward, forward

Clip = Callable[[Sequence[Gradient]], Sequence[Gradient]]


class Step(NamedTuple):
    """What one step computed. ``loss`` and ``gradients`` belong to the weights before the update.

    ``clipped`` is what the optimizer was given: the gradients themselves, where nothing is clipped.
    """

    passes: Sequence[Pass]
    loss: Array
    dL_da: Array
    gradients: Sequence[Gradient]
    clipped: Sequence[Gradient]
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
    clip: Clip | None = None,
) -> Step:
    """Take one step; nothing passed in is changed.

    ``states`` holds the optimizer's state of each layer's ``(W, b)``; ``hyper`` is the optimizer
    module's own ``Hyper``. An optimizer that looks at all weights at once has its state in the first place.
    """
    passes = forward(layers, x)
    a = passes[-1].a
    L = loss.f(a, y)
    dL_da = loss.df(a, y)
    gradients = backward(layers, passes, dL_da)
    clipped = clip(gradients) if clip else gradients
    if whole.is_whole(optimizer):
        evaluate = whole.evaluation(layers, x, y, loss)
        new_layers, new_states = whole.update(layers, states, clipped, L, evaluate, optimizer, hyper)
    else:
        new_layers, new_states = update(layers, states, clipped, optimizer, hyper)
    return Step(passes, L, dL_da, gradients, clipped, new_layers, new_states)


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
