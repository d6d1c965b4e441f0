"""The cross entropy of one class out of several, for outputs that are logits."""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..activations.log_softmax import log_softmax
from ..optimizers.hyper import Hyperparameter
from .hyper import ClassWeights, IgnoreIndex, Reduction

TORCH = "torch.nn.functional.cross_entropy"
TITLE = "Cross-entropy (classes)"
TARGET = "classes"
SOFT_TARGETS = True


class Hyper(NamedTuple):
    weight: tuple[ClassWeights, ...] | None = None
    ignore_index: IgnoreIndex = -100
    reduction: Reduction = "mean"
    label_smoothing: Annotated[
        float,
        Hyperparameter(
            "Label smoothing",
            "Takes this share of the target from the true class and gives it to all classes alike.",
            high=1.0,
            closed=True,
            live=False,
        ),
    ] = 0.0


DEFAULTS = Hyper()


def cross_entropy(z: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`L = -\frac1N \sum_i \ln p_{i, y_i}`; ``y`` holds class numbers, shape ``(rows,)``.

    Or a share of each class a row, ``(rows, classes)``. With those, and with parameters, it is the cross entropy of
    ``targets_of``.
    """
    if hyper != DEFAULTS or y.dtype.kind == "f":
        return cross_entropy_by_targets(z, *targets_of(z, y, hyper))
    ln_p = log_softmax(z)
    ln_p_true = np.where(one_hot(y, z.shape[-1]), ln_p, 0)
    return -ln_p_true.sum(axis=(-2, -1)) / z.shape[-2]


def d_cross_entropy(z: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial L/\partial z_{ic} = \frac1N (p_{ic} - [c = y_i])`"""
    if hyper != DEFAULTS or y.dtype.kind == "f":
        return d_cross_entropy_by_targets(z, *targets_of(z, y, hyper))
    p = np.exp(log_softmax(z))
    return (p - one_hot(y, z.shape[-1])) / z.shape[-2]


def cross_entropy_by_targets(z: Array, t: Array, n: Array | int, counts: Array) -> Array:
    r""":math:`L = -\frac1n \sum_{i,c} t_{ic} \ln p_{ic}` over the classes that count"""
    ln_p = np.where(counts, log_softmax(z), 0)
    return -(t * ln_p).sum(axis=(-2, -1)) / n


def d_cross_entropy_by_targets(z: Array, t: Array, n: Array | int, counts: Array) -> Array:
    r""":math:`\partial L/\partial z_{ic} = \frac1n (p_{ic} \sum_k t_{ik} - t_{ic})`, and 0 in rows that do not count"""
    p = np.exp(log_softmax(z))
    dL_dz = (p * t.sum(axis=-1, keepdims=True) - t) / n
    row_counts = counts.max(axis=-1, keepdims=True)
    return np.where(row_counts, dL_dz, 0)


def targets_of(z: Array, y: Array, hyper: Hyper) -> tuple[Array, Array | int, Array]:
    r"""Return the weighted target of each class in each row, what their sum is divided by, and which of them count.

    :math:`t_{ic} = w_c\,((1 - \epsilon)\,[c = y_i] + \epsilon/C)`, smoothed as by Szegedy et al., 2016. The mean of
    class numbers is over the weights of their classes, :math:`n = \sum_i w_{y_i}`, rows of ``ignore_index`` left out;
    of shares, as in torch, over the rows, :math:`n = N`, whatever the weights.
    """
    weight, ignore_index, reduction, label_smoothing = hyper
    C = z.shape[-1]
    w = np.ones(C, z.dtype) if weight is None else np.asarray(weight, z.dtype)
    if y.dtype.kind == "f":
        t = w * ((1 - label_smoothing) * y + label_smoothing / C)
        n = 1 if reduction == "sum" else z.shape[-2]
        everywhere = np.ones_like(t)
        return t, n, everywhere
    q = one_hot(y, C).astype(z.dtype)
    used = y[..., None] != ignore_index
    t = np.where(used, w * ((1 - label_smoothing) * q + label_smoothing / C), 0)
    n = 1 if reduction == "sum" else (w * q * used).sum()
    counts = used & ((q > 0) | (label_smoothing > 0))
    return t, n, counts


def one_hot(y: Array, classes: int) -> Array:
    """Write class numbers ``(rows,)`` as truth values ``(rows, classes)``."""
    return y[..., None] == np.arange(classes)
