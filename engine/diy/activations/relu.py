"""The rectified linear unit: what is negative becomes 0 (Nair & Hinton, 2010)."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.ReLU"
TITLE = "ReLU"


def relu(z: Array) -> Array:
    r""":math:`a = \max(z, 0)`"""
    return np.maximum(z, 0)


def d_relu(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = 1 - [z \leq 0]`; as in torch it is 0 at the kink, and 1 where z is no number."""
    return 1 - (z <= 0).astype(z.dtype)
