"""A smooth bend that dips below 0 and comes back: each number, times the tanh of its softplus."""

import numpy as np
from numpy import ndarray as Array

from .sigmoid import sigmoid

TORCH = "torch.nn.Mish"
TITLE = "Mish"


@np.errstate(over="ignore")  # ln(1 + inf) is inf, whose tanh is the 1 that belongs there
def mish(z: Array) -> Array:
    r""":math:`a = z \tanh(\ln(1 + e^z))` (Misra, 2019)"""
    t = np.tanh(np.log1p(np.exp(z)))
    return z * t


@np.errstate(over="ignore")
def d_mish(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = t + z\,(1 - t^2)\,\sigma(z)`, :math:`t = \tanh(\ln(1 + e^z))`"""
    t = np.tanh(np.log1p(np.exp(z)))
    dt_dz = (1 - t * t) * sigmoid(z)
    return t + z * dt_dz
