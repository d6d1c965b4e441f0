"""Squared errors near zero and absolute ones beyond, as Huber had it."""

import numpy as np
from numpy import ndarray as Array

from ..mean import count, mean

TORCH = "torch.nn.functional.huber_loss"
TITLE = "Huber"
TARGET = "numbers"


def huber(a: Array, y: Array, delta: float = 1.0) -> Array:
    r""":math:`L = \frac1n \sum c\,(|e| - \frac c2)`, :math:`c = \min(|e|, \delta)`

    Huber, 1964. It is ``smooth_l1`` times :math:`\delta`; at torch's default of 1 they are equal.
    """
    e = np.abs(a - y)
    c = np.minimum(e, delta)
    return mean(c * (e - c / 2))


def d_huber(a: Array, y: Array, delta: float = 1.0) -> Array:
    r""":math:`\partial L/\partial a = \frac1n \mathrm{clip}(e, -\delta, \delta)`"""
    return np.clip(a - y, -delta, delta) / count(a)
