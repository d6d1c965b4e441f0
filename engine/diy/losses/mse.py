"""The mean of squared errors: large ones count most."""

from numpy import ndarray as Array

from ..mean import count, mean

TORCH = "torch.nn.functional.mse_loss"
TITLE = "Mean squared error"
TARGET = "numbers"


def mse(a: Array, y: Array) -> Array:
    r""":math:`L = \frac1n \sum (a - y)^2`"""
    e = a - y
    return mean(e * e)


def d_mse(a: Array, y: Array) -> Array:
    r""":math:`\partial L/\partial a = \frac2n (a - y)`"""
    return 2 / count(a) * (a - y)
