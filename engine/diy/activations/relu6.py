"""A ReLU that is cut off at 6, so that few bits hold its results (Krizhevsky, 2010)."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.ReLU6"
TITLE = "ReLU6"


def relu6(z: Array) -> Array:
    r""":math:`a = \min(\max(z, 0), 6)`"""
    return np.minimum(np.maximum(z, 0), 6)


def d_relu6(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = 1` where :math:`0 < z < 6`, else 0

    Torch has 0 at both kinks; at NaN it has 1, but of several numbers at once 0.
    """
    return np.where((z <= 0) | (z >= 6), z.dtype.type(0), z.dtype.type(1))
