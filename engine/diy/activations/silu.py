"""The sigmoid linear unit: each number, times its own sigmoid."""

from numpy import ndarray as Array

from .sigmoid import sigmoid

TORCH = "torch.nn.SiLU"
TITLE = "SiLU"


def silu(z: Array) -> Array:
    r""":math:`a = z\,\sigma(z)`, also called swish"""
    return z * sigmoid(z)


def d_silu(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = \sigma(z)\,(1 + z\,(1 - \sigma(z)))`"""
    s = sigmoid(z)
    return s * (1 + z * (1 - s))
