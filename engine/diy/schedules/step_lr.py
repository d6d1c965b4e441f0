r"""Steps: the rate falls by a factor every so many steps.

.. math::
    \gamma_t = \gamma_0\, g^{\lfloor t / s \rfloor}

The oldest of schedules, "step decay". Where torch departs from the formula: it multiplies the rate at hand whenever
one is due, so that rounding adds up.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter
from .hyper import Gamma

TORCH = "torch.optim.lr_scheduler.StepLR"


class Hyper(NamedTuple):
    step_size: Annotated[
        int, Hyperparameter("Step size", "How many steps the rate stays before it falls.", low=1, live=False)
    ]
    gamma: Gamma = 0.1


def rate(t: int, lr: float | Array, hyper: Hyper) -> float | Array:
    step_size, g = hyper
    n = t // step_size
    return lr * np.power(g, n)
