r"""Adam: steps scaled by running moments of the gradient.

.. math::
    m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t &
    v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\
    \hat m_t &= m_t / (1 - \beta_1^t) &
    \hat v_t &= v_t / (1 - \beta_2^t) \\
    w_t &= w_{t-1} - \gamma\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)

Kingma & Ba, "Adam: a method for stochastic optimization", 2015, Algorithm 1. AMSGrad (Reddi et al.,
2018) divides by the largest :math:`v` so far. Where torch departs from that paper: its maximum is
taken before the bias correction, which the paper leaves out; and a root is taken of :math:`v` before the bias is
corrected, as :math:`\hat v` may overflow where :math:`v` does not. With ``decoupled_weight_decay`` it is AdamW.
"""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from .hyper import AMSGrad, Betas, DecoupledWeightDecay, Eps, LearningRate, Maximize, WeightDecay, is_on

TORCH = "torch.optim.Adam"


class Hyper(NamedTuple):
    lr: LearningRate = 1e-3
    betas: Betas = (0.9, 0.999)
    eps: Eps = 1e-8
    weight_decay: WeightDecay = 0.0
    amsgrad: AMSGrad = False
    maximize: Maximize = False
    decoupled_weight_decay: DecoupledWeightDecay = False


class State(NamedTuple):
    t: int
    m: Array
    v: Array
    v_max: Array | None  # None until AMSGrad has taken a step


TORCH_STATE = {"t": "step", "m": "exp_avg", "v": "exp_avg_sq", "v_max": "max_exp_avg_sq"}


def init(weight: Array) -> State:
    return State(t=0, m=np.zeros_like(weight), v=np.zeros_like(weight), v_max=None)


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, (beta1, beta2), eps, weight_decay, amsgrad, maximize, decoupled_weight_decay = hyper
    t, m, v, v_max = state
    t = t + 1
    g = -grad if maximize else grad
    if is_on(weight_decay):
        if decoupled_weight_decay:
            weight = (1 - lr * weight_decay) * weight
        else:
            g = g + weight_decay * weight
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    largest = v
    if amsgrad:
        largest = v_max = v if v_max is None else np.maximum(v_max, v)
    m_hat = m / (1 - beta1**t)
    sqrt_v_hat = np.sqrt(largest) / (1 - beta2**t) ** 0.5
    weight = weight - lr * m_hat / (sqrt_v_hat + eps)
    return weight, State(t, m, v, v_max)
