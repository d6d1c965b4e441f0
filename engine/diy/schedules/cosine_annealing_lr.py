r"""The rate falls along half a wave of the cosine, and rises again along the other half.

.. math::
    \gamma_t = \gamma_{\min} + (\gamma_0 - \gamma_{\min})\, \frac{1 + \cos(\pi t / T)}{2}

Loshchilov & Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017, without the restarts. Where torch
departs from the formula: each rate is computed from the one before by a quotient of two such waves, so that rounding
adds up, most of all near the bottom of a long wave.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter
from .hyper import EtaMin

TORCH = "torch.optim.lr_scheduler.CosineAnnealingLR"


class Hyper(NamedTuple):
    T_max: Annotated[
        int, Hyperparameter("Half a wave", "How many steps it takes from the top to the bottom.", low=1, live=False)
    ]
    eta_min: EtaMin = 0.0


def rate(t: int, lr: float | Array, hyper: Hyper) -> float | Array:
    T_max, eta_min = hyper
    height = (1 + np.cos(np.pi * t / T_max)) / 2
    return eta_min + (lr - eta_min) * height
