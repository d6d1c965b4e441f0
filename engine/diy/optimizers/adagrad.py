r"""Adagrad: a rate of its own for each weight, the smaller the more gradient it has seen.

.. math::
    G_t &= G_{t-1} + g_t^2 \\
    \gamma_t &= \gamma / (1 + (t - 1)\, \eta) \\
    w_t &= w_{t-1} - \gamma_t\, g_t / (\sqrt{G_t} + \epsilon)

Duchi, Hazan & Singer, "Adaptive subgradient methods for online learning and stochastic optimization",
2011, with a diagonal :math:`G`. Where torch departs from that paper: :math:`\delta`, here
:math:`\epsilon`, is tiny; what keeps the first steps small is a start of :math:`G` above 0; and the rate
may decay besides, by :math:`\eta`.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .hyper import Eps, Hyperparameter, LearningRate, Maximize, WeightDecay, is_on

TORCH = "torch.optim.Adagrad"


class Hyper(NamedTuple):
    lr: LearningRate = 1e-2
    lr_decay: Annotated[
        float,
        Hyperparameter(
            "Rate decay",
            "How fast the learning rate falls by itself: at 0.01 it is half after 100 steps. 0 leaves it as it is.",
        ),
    ] = 0.0
    weight_decay: WeightDecay = 0.0
    initial_accumulator_value: Annotated[
        float,
        Hyperparameter(
            "Start of the sum of squares",
            "What the sum of squared gradients begins with. Larger: smaller first steps.",
            live=False,
        ),
    ] = 0.0
    eps: Eps = 1e-10
    maximize: Maximize = False


class State(NamedTuple):
    t: int
    G: Array | None  # None until the first step, which knows where it starts


TORCH_STATE = {"t": "step", "G": "sum"}


def init(weight: Array) -> State:
    return State(t=0, G=None)


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, lr_decay, weight_decay, initial_accumulator_value, eps, maximize = hyper
    t, G = state
    t = t + 1
    g = -grad if maximize else grad
    if is_on(weight_decay):
        g = g + weight_decay * weight
    if G is None:
        G = np.full_like(weight, initial_accumulator_value)
    G = G + g * g
    lr_t = lr / (1 + (t - 1) * lr_decay)
    weight = weight - lr_t * g / (np.sqrt(G) + eps)
    return weight, State(t, G)
