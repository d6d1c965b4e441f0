r"""Adadelta: the step that gradients of this size have been answered with so far.

.. math::
    v_t &= \rho\, v_{t-1} + (1 - \rho)\, g_t^2 \\
    \Delta w_t &= \frac{\sqrt{u_{t-1} + \epsilon}}{\sqrt{v_t + \epsilon}}\, g_t \\
    u_t &= \rho\, u_{t-1} + (1 - \rho)\, \Delta w_t^2 \\
    w_t &= w_{t-1} - \gamma\, \Delta w_t

Zeiler, "ADADELTA: an adaptive learning rate method", 2012, Algorithm 1, where :math:`v` is
:math:`E[g^2]` and :math:`u` is :math:`E[\Delta x^2]`. Where torch departs from that paper: the step is
multiplied by a learning rate, 1 unless given, and :math:`u` remembers it without.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .hyper import Eps, Hyperparameter, LearningRate, Maximize, WeightDecay, is_on

TORCH = "torch.optim.Adadelta"


class Hyper(NamedTuple):
    lr: LearningRate = 1.0
    rho: Annotated[
        float,
        Hyperparameter(
            "Rho",
            "How much of the running means of squared gradients and squared steps is kept each step.",
            high=1.0,
            closed=True,
        ),
    ] = 0.9
    eps: Eps = 1e-6
    weight_decay: WeightDecay = 0.0
    maximize: Maximize = False


class State(NamedTuple):
    t: int
    v: Array
    u: Array


TORCH_STATE = {"t": "step", "v": "square_avg", "u": "acc_delta"}


def init(weight: Array) -> State:
    return State(t=0, v=np.zeros_like(weight), u=np.zeros_like(weight))


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, rho, eps, weight_decay, maximize = hyper
    t, v, u = state
    t = t + 1
    g = -grad if maximize else grad
    if is_on(weight_decay):
        g = g + weight_decay * weight
    v = rho * v + (1 - rho) * g * g
    dw = np.sqrt(u + eps) / np.sqrt(v + eps) * g
    u = rho * u + (1 - rho) * dw * dw
    weight = weight - lr * dw
    return weight, State(t, v, u)
