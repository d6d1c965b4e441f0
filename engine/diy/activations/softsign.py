"""A gentler tanh, without a power of e: it comes to its limits slowly."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.Softsign"
TITLE = "Softsign"


def softsign(z: Array) -> Array:
    r""":math:`a = \frac{z}{1 + |z|}` (Bergstra et al., 2009)"""
    d = 1 + np.abs(z)
    return z / d


def d_softsign(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = \frac1d - \frac{|z|}{d^2} = \frac{1}{d^2}`, :math:`d = 1 + |z|`

    Torch goes through numerator and denominator, and so do we: far out little is left of the difference, and of
    infinity no number. At 0 the slope of :math:`|z|` is taken for 0.
    """
    d = 1 + np.abs(z)
    dd_dz = np.sign(z)
    da_dd = -(z / d / d)
    return 1 / d + da_dd * dd_dz
