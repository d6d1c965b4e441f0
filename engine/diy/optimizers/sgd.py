r"""Stochastic gradient descent, with momentum.

.. math::
    g_t &= \nabla L + \lambda\, w_{t-1} \\
    b_t &= \mu\, b_{t-1} + (1 - \tau)\, g_t, \qquad b_1 = g_1 \\
    w_t &= w_{t-1} - \gamma\, b_t \qquad\text{(Nesterov: } w_{t-1} - \gamma\,(g_t + \mu\, b_t)\text{)}

Momentum after Polyak, 1964, and Sutskever et al., "On the importance of initialization and momentum
in deep learning", 2013. Where torch departs from them: the rate :math:`\gamma` multiplies the
buffer and is not accumulated in it (it matters when the rate changes during a run), and the first
buffer is the bare gradient, undampened.
"""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from numpy import ndarray as Array

from .hyper import Hyperparameter, LearningRate, Maximize, WeightDecay, is_on

TORCH = "torch.optim.SGD"


class Hyper(NamedTuple):
    lr: LearningRate = 1e-3
    momentum: Annotated[
        float, Hyperparameter("Momentum", "How much of the last step's velocity is kept: 0.9 keeps nine tenths.")
    ] = 0.0
    dampening: Annotated[
        float,
        Hyperparameter(
            "Dampening", "How much of the new gradient is held back from the velocity.", high=1, closed=True
        ),
    ] = 0.0
    weight_decay: WeightDecay = 0.0
    nesterov: Annotated[
        bool,
        Hyperparameter("Nesterov", "Look ahead: step along the velocity as it will be. Needs momentum, no dampening."),
    ] = False
    maximize: Maximize = False


class State(NamedTuple):
    b: Array | None  # the momentum buffer; None until momentum has seen a gradient


TORCH_STATE = {"b": "momentum_buffer"}


def conflicts(hyper: Hyper) -> Iterator[tuple[str, str]]:
    if hyper.nesterov and (hyper.momentum == 0 or hyper.dampening != 0):
        yield "nesterov", "nesterov_needs_momentum"


def init(weight: Array) -> State:
    return State(b=None)


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, momentum, dampening, weight_decay, nesterov, maximize = hyper
    b = state.b
    g = -grad if maximize else grad
    if is_on(weight_decay):
        g = g + weight_decay * weight
    step = g
    if is_on(momentum):
        b = g if b is None else momentum * b + (1 - dampening) * g
        step = g + momentum * b if nesterov else b
    return weight - lr * step, State(b)
