r"""RAdam: Adam whose scaling waits until its mean of squares can be trusted.

.. math::
    \rho_\infty &= \frac{2}{1 - \beta_2} - 1 &
    \rho_t &= \rho_\infty - \frac{2 t\, \beta_2^t}{1 - \beta_2^t} \\
    r_t &= \sqrt{\frac{(\rho_t - 4)(\rho_t - 2)\, \rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2)\, \rho_t}} &
    \ell_t &= \frac{\sqrt{1 - \beta_2^t}}{\sqrt{v_t} + \epsilon} \\
    w_t &= w_{t-1} - \gamma\, \hat m_t\, \ell_t\, r_t &
    &\text{where } \rho_t > 5, \text{ else } w_{t-1} - \gamma\, \hat m_t

with Adam's :math:`m_t`, :math:`\hat m_t` and :math:`v_t`. Liu et al., "On the variance of the adaptive
learning rate and beyond", 2020, Algorithm 2. Where torch departs from that paper: the scaling begins at
:math:`\rho_t > 5`, not 4, and an :math:`\epsilon` is added to the root, before the bias is corrected.
"""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from .hyper import Betas, DecoupledWeightDecay, Eps, LearningRate, Maximize, WeightDecay, is_on

TORCH = "torch.optim.RAdam"


class Hyper(NamedTuple):
    lr: LearningRate = 1e-3
    betas: Betas = (0.9, 0.999)
    eps: Eps = 1e-8
    weight_decay: WeightDecay = 0.0
    decoupled_weight_decay: DecoupledWeightDecay = False
    maximize: Maximize = False


class State(NamedTuple):
    t: int
    m: Array
    v: Array


TORCH_STATE = {"t": "step", "m": "exp_avg", "v": "exp_avg_sq"}


def init(weight: Array) -> State:
    return State(t=0, m=np.zeros_like(weight), v=np.zeros_like(weight))


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, (beta1, beta2), eps, weight_decay, decoupled_weight_decay, maximize = hyper
    t, m, v = state
    t = t + 1
    g = -grad if maximize else grad
    if is_on(weight_decay):
        if decoupled_weight_decay:
            weight = (1 - lr * weight_decay) * weight
        else:
            g = g + weight_decay * weight
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m_hat = m / (1 - beta1**t)
    rho_inf = 2 / (1 - beta2) - 1
    rho_t = rho_inf - 2 * t * beta2**t / (1 - beta2**t)
    ratio = np.divide((rho_t - 4) * (rho_t - 2) * rho_inf, (rho_inf - 4) * (rho_inf - 2) * rho_t)
    r = np.sqrt(np.where(rho_t > 5, ratio, 1)).astype(weight.dtype)
    ell = np.where(rho_t > 5, (1 - beta2**t) ** 0.5 / (np.sqrt(v) + eps), 1)
    weight = weight - lr * m_hat * ell * r
    return weight, State(t, m, v)
