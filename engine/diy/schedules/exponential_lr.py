r"""The rate falls by the same factor with every step; above 1 it grows, which is how a range of rates is tried.

.. math::
    \gamma_t = \gamma_0\, g^{t}

Where torch departs from the formula: it multiplies the rate at hand with every step, so that rounding adds up.
"""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from .hyper import Gamma

TORCH = "torch.optim.lr_scheduler.ExponentialLR"


class Hyper(NamedTuple):
    gamma: Gamma


def rate(t: int, lr: float | Array, hyper: Hyper) -> float | Array:
    (g,) = hyper
    return lr * np.power(g, t)
