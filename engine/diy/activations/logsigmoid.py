"""The logarithm of the sigmoid, which is a log probability: never above 0."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.LogSigmoid"
TITLE = "Log-sigmoid"


def logsigmoid(z: Array) -> Array:
    r""":math:`a = \ln\sigma(z) = \min(z, 0) - \ln(1 + e^{-|z|})`, in which no power of e overflows"""
    return np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z)))


def d_logsigmoid(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = \sigma(-z)`, which is :math:`\frac{u}{1 + u}` where :math:`z \geq 0`, else
    :math:`1 - \frac{u}{1 + u}`, :math:`u = e^{-|z|}`
    """
    u = np.exp(-np.abs(z))
    s = u / (1 + u)
    return np.where(z < 0, 1 - s, s)
