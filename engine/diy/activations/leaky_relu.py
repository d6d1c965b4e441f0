"""A rectified linear unit that lets a little of what is negative through (Maas et al., 2013)."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.LeakyReLU"
TITLE = "Leaky ReLU"
LEAKY_SLOPE = 0.01  # torch's default negative_slope


def leaky_relu(z: Array) -> Array:
    r""":math:`a = z` where :math:`z > 0`, else :math:`0.01\,z`"""
    return np.where(z > 0, z, LEAKY_SLOPE * z)


def d_leaky_relu(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = 1` where :math:`z > 0`, else :math:`0.01`"""
    return np.where(z > 0, z.dtype.type(1), z.dtype.type(LEAKY_SLOPE))
