"""The negative log likelihood of one class out of several, for outputs that are log probabilities: of log-softmax."""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from .cross_entropy import one_hot
from .hyper import ClassWeights, IgnoreIndex, Reduction

TORCH = "torch.nn.functional.nll_loss"
TITLE = "Negative log likelihood (classes)"
TARGET = "classes"
OUTPUTS = "log probabilities"


class Hyper(NamedTuple):
    weight: tuple[ClassWeights, ...] | None = None
    ignore_index: IgnoreIndex = -100
    reduction: Reduction = "mean"


DEFAULTS = Hyper()


def nll(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`L = -\frac1n \sum_i w_{y_i}\,a_{i, y_i}`, :math:`n = \sum_i w_{y_i}`; ``y`` holds class numbers

    Nothing here makes probabilities of the outputs: that is what a log-softmax in the layer before is for.
    """
    w, true = counted(a, y, hyper)
    t = w * true
    n = t.sum() if hyper.reduction == "mean" else 1
    a_true = np.where(true, a, 0)
    return -(t * a_true).sum(axis=(-2, -1)) / n


def d_nll(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial L/\partial a_{ic} = -\frac1n\,w_c\,[c = y_i]`"""
    w, true = counted(a, y, hyper)
    t = w * true
    n = t.sum() if hyper.reduction == "mean" else 1
    return np.where(true, -t / n, np.zeros_like(a))


def counted(a: Array, y: Array, hyper: Hyper) -> tuple[Array, Array]:
    """Return each class's weight, and which class in each row is the true one: none in rows of ``ignore_index``."""
    weight, ignore_index, _ = hyper
    w = np.ones(a.shape[-1], a.dtype) if weight is None else np.asarray(weight, a.dtype)
    used = (y != ignore_index)[..., None]
    true = one_hot(y, a.shape[-1]) & used
    return w, true
