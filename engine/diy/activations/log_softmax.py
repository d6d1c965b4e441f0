"""The logarithm of softmax: log probabilities, of which those that vanish keep all their digits."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.LogSoftmax"
TORCH_ARGUMENTS = {"dim": -1}
TITLE = "Log-softmax"


def log_softmax(z: Array) -> Array:
    r""":math:`a_c = z_c - \ln \sum_k e^{z_k}` over the last axis, shifted by the largest z so that none overflows"""
    z = z - z.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def d_log_softmax(z: Array, a: Array) -> Array:
    r""":math:`\partial a_k/\partial z_c = [k = c] - p_c`, :math:`p_c = e^{a_c}`: a matrix for each row,
    ``(..., rows, outputs, outputs)``
    """
    p = np.exp(a)
    same = np.eye(a.shape[-1], dtype=a.dtype)
    return same - p[..., None, :]


def log_softmax_backward(dL_da: Array, z: Array, a: Array) -> Array:
    r""":math:`\frac{\partial L}{\partial z_c} = \sum_k \frac{\partial L}{\partial a_k}\,([k = c] - p_c)
    = \frac{\partial L}{\partial a_c} - p_c \sum_k \frac{\partial L}{\partial a_k}`

    The first term is each output's way through its own z, the second its way through the sum of all powers of e.
    """
    p = np.exp(a)
    through_sum = dL_da.sum(axis=-1, keepdims=True)
    return dL_da - p * through_sum
