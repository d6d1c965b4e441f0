"""Squared errors near zero and absolute ones beyond, joined without a kink."""

import numpy as np
from numpy import ndarray as Array

from ..mean import count, mean

TORCH = "torch.nn.functional.smooth_l1_loss"
TITLE = "Smooth L1"
TARGET = "numbers"


def smooth_l1(a: Array, y: Array, beta: float = 1.0) -> Array:
    r""":math:`L = \frac1n \sum \frac{c}{\beta}\,(|e| - \frac c2)`, :math:`c = \min(|e|, \beta)`

    With :math:`e = a - y` that is :math:`e^2/2\beta` near zero and :math:`|e| - \beta/2` beyond
    :math:`\beta`, in one line that squares no large number (Girshick, 2015).
    """
    e = np.abs(a - y)
    c = np.minimum(e, beta)
    return mean(c / beta * (e - c / 2))


def d_smooth_l1(a: Array, y: Array, beta: float = 1.0) -> Array:
    r""":math:`\partial L/\partial a = \frac1n \mathrm{clip}(e/\beta, -1, 1)`"""
    return np.clip((a - y) / beta, -1, 1) / count(a)
