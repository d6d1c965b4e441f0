r"""Losses, each beside its derivative.

``f(a, y)`` gives the loss :math:`L`, a mean over rows and outputs (``reduction="mean"``), of shape
``(...)``; ``df(a, y)`` gives :math:`\partial L/\partial a`, shaped as ``a``: ``(..., rows, outputs)``.
Each equals ``torch.nn.functional``'s function of that name with its default arguments.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from .activations import sigmoid


class Loss(NamedTuple):
    f: Callable[[Array, Array], Array]
    df: Callable[[Array, Array], Array]


def mean(terms: Array) -> Array:
    """The mean over the last two axes, rows and outputs."""
    return terms.sum(axis=(-2, -1)) / count(terms)


def count(terms: Array) -> int:
    return terms.shape[-2] * terms.shape[-1]


def mse(a: Array, y: Array) -> Array:
    r""":math:`L = \frac1n \sum (a - y)^2`"""
    e = a - y
    return mean(e * e)


def d_mse(a: Array, y: Array) -> Array:
    r""":math:`\partial L/\partial a = \frac2n (a - y)`"""
    return 2 / count(a) * (a - y)


def l1(a: Array, y: Array) -> Array:
    r""":math:`L = \frac1n \sum |a - y|`"""
    return mean(np.abs(a - y))


def d_l1(a: Array, y: Array) -> Array:
    r""":math:`\partial L/\partial a = \frac1n \mathrm{sign}(a - y)`, 0 at the kink, and in torch at NaN"""
    return np.sign(np.nan_to_num(a - y)) / count(a)


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


def bce(z: Array, y: Array) -> Array:
    r"""Binary cross entropy of logits, torch's ``binary_cross_entropy_with_logits``.

    :math:`L = -\frac1n \sum y \ln\sigma(z) + (1 - y) \ln(1 - \sigma(z))`, which is
    :math:`\frac1n \sum (1 - y)\, z - \ln\sigma(z)`, as :math:`1 - \sigma(z) = e^{-z} \sigma(z)`.
    """
    return mean((1 - y) * z - log_sigmoid(z))


def d_bce(z: Array, y: Array) -> Array:
    r""":math:`\partial L/\partial z = \frac1n (\sigma(z) - y)`"""
    return (sigmoid(z) - y) / count(z)


def log_sigmoid(z: Array) -> Array:
    r""":math:`\ln\sigma(z) = \min(z, 0) - \ln(1 + e^{-|z|})`, in which no power of e overflows."""
    return np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z)))


def log_softmax(z: Array) -> Array:
    r""":math:`\ln p_c = z_c - \ln \sum_k e^{z_k}`, shifted by the largest logit so none overflows."""
    z = z - z.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def one_hot(y: Array, classes: int) -> Array:
    """Class numbers ``(rows,)`` as truth values ``(rows, classes)``."""
    return y[..., None] == np.arange(classes)


def cross_entropy(z: Array, y: Array) -> Array:
    r""":math:`L = -\frac1N \sum_i \ln p_{i, y_i}`; ``y`` holds class numbers, shape ``(rows,)``."""
    ln_p = log_softmax(z)
    ln_p_true = np.where(one_hot(y, z.shape[-1]), ln_p, 0)
    return -ln_p_true.sum(axis=(-2, -1)) / z.shape[-2]


def d_cross_entropy(z: Array, y: Array) -> Array:
    r""":math:`\partial L/\partial z_{ic} = \frac1N (p_{ic} - [c = y_i])`"""
    p = np.exp(log_softmax(z))
    return (p - one_hot(y, z.shape[-1])) / z.shape[-2]


LOSSES: dict[str, Loss] = {
    "mse": Loss(mse, d_mse),
    "l1": Loss(l1, d_l1),
    "smooth_l1": Loss(smooth_l1, d_smooth_l1),
    "huber": Loss(huber, d_huber),
    "bce": Loss(bce, d_bce),
    "cross_entropy": Loss(cross_entropy, d_cross_entropy),
}
