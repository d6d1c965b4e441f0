"""The logistic function: every number is squeezed to between 0 and 1."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.Sigmoid"
TITLE = "Sigmoid"


@np.errstate(over="ignore")  # exp(1e4) is inf, and 1/inf is the 0 that belongs there
def sigmoid(z: Array) -> Array:
    r""":math:`a = \sigma(z) = \frac{1}{1 + e^{-z}}`"""
    return 1 / (1 + np.exp(-z))


def d_sigmoid(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = a\,(1 - a)`"""
    return a * (1 - a)
