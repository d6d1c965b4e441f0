r"""NAdam: Adam that looks ahead, with Nesterov's momentum.

.. math::
    \mu_t &= \beta_1 \left(1 - \tfrac{1}{2}\, 0.96^{\,t \psi}\right), \qquad
    \mu_{1:t} = \mu_1 \mu_2 \cdots \mu_t \\
    m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t &
    v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\
    \bar m_t &= \frac{1 - \mu_t}{1 - \mu_{1:t}}\, g_t + \frac{\mu_{t+1}}{1 - \mu_{1:t}\, \mu_{t+1}}\, m_t &
    \hat v_t &= v_t / (1 - \beta_2^t) \\
    w_t &= w_{t-1} - \gamma\, \bar m_t / (\sqrt{\hat v_t} + \epsilon)

Dozat, "Incorporating Nesterov momentum into Adam", 2016. Where torch departs from that paper: the mean
:math:`m` is kept with :math:`\beta_1`, not with the scheduled :math:`\mu_t`, and the product
:math:`\mu_{1:t}` is a float32 whatever the weights are, so it is rounded here too.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .hyper import (
    Betas,
    DecoupledWeightDecay,
    Eps,
    Hyperparameter,
    LearningRate,
    Maximize,
    WeightDecay,
    is_on,
    to_float32,
)

TORCH = "torch.optim.NAdam"


class Hyper(NamedTuple):
    lr: LearningRate = 2e-3
    betas: Betas = (0.9, 0.999)
    eps: Eps = 1e-8
    weight_decay: WeightDecay = 0.0
    momentum_decay: Annotated[
        float,
        Hyperparameter(
            "Momentum decay",
            "How fast momentum warms up from half of beta 1 to all of it: half the way takes 4,000 steps at 0.004.",
        ),
    ] = 4e-3
    decoupled_weight_decay: DecoupledWeightDecay = False
    maximize: Maximize = False


class State(NamedTuple):
    t: int
    m: Array
    v: Array
    mu_product: float | Array


TORCH_STATE = {"t": "step", "m": "exp_avg", "v": "exp_avg_sq", "mu_product": "mu_product"}


def state_shapes(shape: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    return {"t": (), "m": shape, "v": shape, "mu_product": ()}


def init(weight: Array) -> State:
    return State(t=0, m=np.zeros_like(weight), v=np.zeros_like(weight), mu_product=1.0)


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, (beta1, beta2), eps, weight_decay, momentum_decay, decoupled_weight_decay, maximize = hyper
    t, m, v, mu_product = state
    t = t + 1
    g = -grad if maximize else grad
    if is_on(weight_decay):
        if decoupled_weight_decay:
            weight = (1 - lr * weight_decay) * weight
        else:
            g = g + weight_decay * weight
    mu = beta1 * (1 - 0.5 * 0.96 ** (t * momentum_decay))
    mu_next = beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * momentum_decay))
    mu_product = to_float32(mu_product * to_float32(mu))
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    v_hat = v / (1 - beta2**t)
    m_bar = (1 - mu) / (1 - mu_product) * g + mu_next / (1 - mu_product * mu_next) * m
    weight = weight - lr * m_bar / (np.sqrt(v_hat) + eps)
    return weight, State(t, m, v, mu_product)
