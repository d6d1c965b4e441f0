r"""Adamax: Adam with the largest gradient so far in place of the root mean square.

.. math::
    m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t \\
    u_t &= \max(\beta_2 u_{t-1},\; |g_t| + \epsilon) \\
    w_t &= w_{t-1} - \frac{\gamma}{1 - \beta_1^t}\, \frac{m_t}{u_t}

Kingma & Ba, "Adam: a method for stochastic optimization", 2015, Algorithm 2. Where torch departs from
that paper: it has an :math:`\epsilon`, added to the new gradient's size, so that :math:`u` is never 0.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .hyper import Beta1, Eps, Hyperparameter, LearningRate, Maximize, WeightDecay, is_on

TORCH = "torch.optim.Adamax"


class Hyper(NamedTuple):
    lr: LearningRate = 2e-3
    betas: tuple[
        Beta1,
        Annotated[
            float,
            Hyperparameter(
                "Beta 2",
                "How much of the largest gradient so far is kept each step: at 0.999 half of it after about 700 steps.",
                high=1.0,
            ),
        ],
    ] = (0.9, 0.999)
    eps: Eps = 1e-8
    weight_decay: WeightDecay = 0.0
    maximize: Maximize = False


class State(NamedTuple):
    t: int
    m: Array
    u: Array


TORCH_STATE = {"t": "step", "m": "exp_avg", "u": "exp_inf"}


def init(weight: Array) -> State:
    return State(t=0, m=np.zeros_like(weight), u=np.zeros_like(weight))


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, (beta1, beta2), eps, weight_decay, maximize = hyper
    t, m, u = state
    t = t + 1
    g = -grad if maximize else grad
    if is_on(weight_decay):
        g = g + weight_decay * weight
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    m_hat = m / (1 - beta1**t)
    weight = weight - lr * m_hat / u
    return weight, State(t, m, u)
