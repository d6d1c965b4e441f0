r"""AdamW: Adam with the weight decay taken out of the gradient.

.. math::
    w'_{t-1} = w_{t-1} - \gamma \lambda\, w_{t-1}, \qquad\text{then Adam's step from } w'_{t-1}

Loshchilov & Hutter, "Decoupled weight decay regularization", 2019, Algorithm 2. Where torch departs
from the paper: the decay is multiplied by the learning rate, not by a schedule of its own.
"""

from typing import NamedTuple

from numpy import ndarray as Array

from . import adam
from .adam import TORCH_STATE, State, init
from .hyper import AMSGrad, Betas, DecoupledDecay, Eps, LearningRate, Maximize, is_on

TORCH = "torch.optim.AdamW"
__all__ = ["TORCH_STATE", "Hyper", "State", "init", "update"]


class Hyper(NamedTuple):
    lr: LearningRate = 1e-3
    betas: Betas = (0.9, 0.999)
    eps: Eps = 1e-8
    weight_decay: DecoupledDecay = 1e-2
    amsgrad: AMSGrad = False
    maximize: Maximize = False


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, betas, eps, weight_decay, amsgrad, maximize = hyper
    if is_on(weight_decay):
        weight = (1 - lr * weight_decay) * weight
    return adam.update(grad, state, weight, adam.Hyper(lr, betas, eps, 0.0, amsgrad, maximize))
