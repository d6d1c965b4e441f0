"""Shares of a whole: each row's numbers become positive and add up to 1, the larger ones more than in proportion."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.Softmax"
TORCH_ARGUMENTS = {"dim": -1}
TITLE = "Softmax"


def softmax(z: Array) -> Array:
    r""":math:`a_c = \frac{e^{z_c}}{\sum_k e^{z_k}}` over the last axis, shifted by the largest z so that none overflows

    Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990.
    """
    u = np.exp(z - z.max(axis=-1, keepdims=True))
    return u / u.sum(axis=-1, keepdims=True)


def d_softmax(z: Array, a: Array) -> Array:
    r""":math:`\partial a_k/\partial z_c = a_k\,([k = c] - a_c)`: a matrix for each row,
    ``(..., rows, outputs, outputs)``
    """
    same = np.eye(a.shape[-1], dtype=a.dtype)
    return a[..., None] * (same - a[..., None, :])


def softmax_backward(dL_da: Array, z: Array, a: Array) -> Array:
    r""":math:`\frac{\partial L}{\partial z_c} = \sum_k \frac{\partial L}{\partial a_k}\,a_k\,([k = c] - a_c)
    = a_c \left(\frac{\partial L}{\partial a_c} - \sum_k \frac{\partial L}{\partial a_k}\,a_k\right)`

    The first term is each output's way through its own power of e, the second its way through the sum of all.
    """
    through_sum = (dL_da * a).sum(axis=-1, keepdims=True)
    return a * (dL_da - through_sum)
