"""The hyperbolic tangent: every number is squeezed to between -1 and 1."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.Tanh"
TITLE = "Tanh"


def tanh(z: Array) -> Array:
    r""":math:`a = \tanh z`"""
    return np.tanh(z)


def d_tanh(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = 1 - a^2`"""
    return 1 - a * a
