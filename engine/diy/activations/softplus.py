"""A smooth ReLU, whose slope is the sigmoid (Dugas et al., 2001)."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.Softplus"
TITLE = "Softplus"
SOFTPLUS_LINEAR_ABOVE = 20.0  # torch's default threshold: beyond it, softplus(z) is taken as z


def softplus(z: Array) -> Array:
    r""":math:`a = \ln(1 + e^z)`; torch takes :math:`a = z` above 20, and so do we."""
    bent = np.log1p(np.exp(np.minimum(z, SOFTPLUS_LINEAR_ABOVE)))
    return np.where(z > SOFTPLUS_LINEAR_ABOVE, z, bent)


def d_softplus(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = \sigma(z) = \frac{u}{1 + u}`, :math:`u = e^z`, and 1 above 20"""
    u = np.exp(np.minimum(z, SOFTPLUS_LINEAR_ABOVE))
    return np.where(z > SOFTPLUS_LINEAR_ABOVE, z.dtype.type(1), u / (1 + u))
