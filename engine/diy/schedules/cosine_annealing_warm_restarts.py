r"""Half a wave of the cosine, over and over: at the bottom the rate leaps back to the top.

.. math::
    \gamma_t = \gamma_{\min} + (\gamma_0 - \gamma_{\min})\, \frac{1 + \cos(\pi t_i / T_i)}{2},
    \qquad T_{i+1} = m\, T_i

:math:`t_i` counts the steps since the last restart. Loshchilov & Hutter, "SGDR: stochastic gradient descent with warm
restarts", 2017.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter
from .hyper import EtaMin

TORCH = "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts"


class Hyper(NamedTuple):
    T_0: Annotated[int, Hyperparameter("First wave", "How many steps until the first restart.", low=1, live=False)]
    T_mult: Annotated[
        int, Hyperparameter("Longer by", "How many times as long each wave is as the one before.", low=1, live=False)
    ] = 1
    eta_min: EtaMin = 0.0


def wave(t: int, hyper: Hyper) -> tuple[int, int]:
    """Tell how far into its wave step ``t`` is, and how long that wave is."""
    T, T_mult = hyper.T_0, hyper.T_mult
    if T_mult == 1:
        t = t % T
        return t, T
    while t >= T:
        t = t - T
        T = T_mult * T
    return t, T


def rate(t: int, lr: float | Array, hyper: Hyper) -> float | Array:
    t, T = wave(t, hyper)
    eta_min = hyper.eta_min
    height = (1 + np.cos(np.pi * t / T)) / 2
    return eta_min + (lr - eta_min) * height
