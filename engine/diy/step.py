"""One training step: predict, take the loss, its gradient, and update."""

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from numpy import ndarray as Array

from .losses import Loss
from .network import Cache, Grads, Layer, Params, backward, forward

States = Mapping[str, Any]
NONE: Params = {}
Clip = Callable[[Grads], Grads]


class Step(NamedTuple):
    """Hold what one step computed. ``loss`` and ``grads`` belong to the parameters before the update.

    ``clipped`` is what the optimizer was given: the gradients themselves, where nothing is clipped. ``params`` and
    ``states`` are the new ones.
    """

    caches: Sequence[Cache]
    loss: Array
    dL_da: Array
    grads: Grads
    clipped: Grads
    params: dict[str, Array]
    states: dict[str, Any]


def train_step(
    layers: Sequence[Layer],
    params: Params,
    states: States,
    x: Array,
    y: Array,
    loss: Loss,
    optimizer: ModuleType,
    hyper: Any,
    clip: Clip | None = None,
    buffers: Params = NONE,
) -> Step:
    """Take one step; nothing passed in is changed.

    ``params`` are what is trained and ``states`` the optimizer's state of each, both by torch's names; ``hyper`` is
    the optimizer module's own ``Hyper``. ``buffers`` are what a forward pass knows besides; ``caches`` have new ones.
    """
    a, caches = forward(layers, {**params, **buffers} if buffers else params, x)
    L = loss.f(a, y)
    dL_da = loss.df(a, y)
    grads = backward(layers, params, caches, dL_da)
    clipped = clip(grads) if clip else grads
    new_params, new_states = update(params, states, clipped, optimizer, hyper)
    return Step(caches, L, dL_da, grads, clipped, new_params, new_states)


def update(
    params: Params, states: States, grads: Grads, optimizer: ModuleType, hyper: Any
) -> tuple[dict[str, Array], dict[str, Any]]:
    """Let the optimizer move every parameter."""
    new_params: dict[str, Array] = {}
    new_states: dict[str, Any] = {}
    for name, weight in params.items():
        weight, state = optimizer.update(grads[name], states[name], weight, hyper)
        new_params[name] = weight
        new_states[name] = state
    return new_params, new_states
