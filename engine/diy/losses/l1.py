"""The mean of absolute errors: each counts by its size, however large."""

import numpy as np
from numpy import ndarray as Array

from ..mean import count, mean

TORCH = "torch.nn.functional.l1_loss"
TITLE = "Mean absolute error (L1)"
TARGET = "numbers"


def l1(a: Array, y: Array) -> Array:
    r""":math:`L = \frac1n \sum |a - y|`"""
    return mean(np.abs(a - y))


def d_l1(a: Array, y: Array) -> Array:
    r""":math:`\partial L/\partial a = \frac1n \mathrm{sign}(a - y)`, 0 at the kink, and in torch at NaN"""
    return np.sign(np.nan_to_num(a - y)) / count(a)
