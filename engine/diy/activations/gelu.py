"""The Gaussian error linear unit: each number, times the share of a normal distribution below it."""

import numpy as np
from numpy import ndarray as Array
from scipy.special import erf  # NumPy has no error function, and the exact GELU is made of it

TORCH = "torch.nn.GELU"
TITLE = "GELU"


def gelu(z: Array) -> Array:
    r""":math:`a = z\,\Phi(z)`, :math:`\Phi(z) = \frac12(1 + \mathrm{erf}(z/\sqrt2))`

    The exact form of Hendrycks & Gimpel, 2016; not the tanh approximation. In float32 torch makes of infinity no
    number, and infinity of what is above half the largest number, but of several at once alone.
    """
    cdf = 0.5 * (1 + erf(z / 2**0.5))
    return z * cdf


def d_gelu(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = \Phi(z) + z\,\varphi(z)`, :math:`\varphi = \Phi'`"""
    cdf = 0.5 * (1 + erf(z / 2**0.5))
    pdf = np.exp(-0.5 * z * z) / (2 * np.pi) ** 0.5
    return cdf + z * pdf
