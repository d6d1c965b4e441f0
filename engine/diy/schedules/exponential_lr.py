r"""The rate falls by the same factor with every step; above 1 it grows, which is how a range of rates is tried.

.. math::
    \gamma_t = \gamma_0\, g^{t}

Where torch departs from the formula: it multiplies the rate at hand with every step, so that rounding adds up.
"""

from math import log
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from .hyper import Gamma


class Hyper(NamedTuple):
    gamma: Gamma


def rate(t: int, lr: float | Array, hyper: Hyper) -> float | Array:
    (gamma,) = hyper
    return lr * np.power(gamma, t)


def length(hyper: Hyper) -> int:
    """Until the rate is a hundredth of what it was, or a hundredfold."""
    if hyper.gamma in (0, 1):
        return 100
    return min(max(int(log(100) / abs(log(hyper.gamma))), 10), 1_000_000)
