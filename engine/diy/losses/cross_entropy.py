"""The cross entropy of one class out of several, for outputs that are logits."""

import numpy as np
from numpy import ndarray as Array

from ..activations.log_softmax import log_softmax

TORCH = "torch.nn.functional.cross_entropy"
TITLE = "Cross-entropy (classes)"
TARGET = "classes"


def cross_entropy(z: Array, y: Array) -> Array:
    r""":math:`L = -\frac1N \sum_i \ln p_{i, y_i}`; ``y`` holds class numbers, shape ``(rows,)``."""
    ln_p = log_softmax(z)
    ln_p_true = np.where(one_hot(y, z.shape[-1]), ln_p, 0)
    return -ln_p_true.sum(axis=(-2, -1)) / z.shape[-2]


def d_cross_entropy(z: Array, y: Array) -> Array:
    r""":math:`\partial L/\partial z_{ic} = \frac1N (p_{ic} - [c = y_i])`"""
    p = np.exp(log_softmax(z))
    return (p - one_hot(y, z.shape[-1])) / z.shape[-2]


def one_hot(y: Array, classes: int) -> Array:
    """Write class numbers ``(rows,)`` as truth values ``(rows, classes)``."""
    return y[..., None] == np.arange(classes)
