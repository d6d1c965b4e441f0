"""Squared errors near zero and absolute ones beyond, as Huber had it."""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..mean import count, mean
from ..optimizers.hyper import Hyperparameter
from .hyper import Reduction

TORCH = "torch.nn.functional.huber_loss"
TITLE = "Huber"
TARGET = "numbers"


class Hyper(NamedTuple):
    reduction: Reduction = "mean"
    delta: Annotated[
        float,
        Hyperparameter(
            "Delta",
            "Errors below it count by their square, larger ones by delta times their size.",
            above=True,
            live=False,
        ),
    ] = 1.0


DEFAULTS = Hyper()


def huber(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`L = \frac1n \sum c\,(|e| - \frac c2)`, :math:`c = \min(|e|, \delta)`

    Huber, 1964. It is ``smooth_l1`` times :math:`\delta`; at torch's default of 1 they are equal.
    """
    reduction, delta = hyper
    e = np.abs(a - y)
    c = np.minimum(e, delta)
    return mean(c * (e - c / 2), reduction)


def d_huber(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial L/\partial a = \frac1n \mathrm{clip}(e, -\delta, \delta)`"""
    reduction, delta = hyper
    return np.clip(a - y, -delta, delta) / count(a, reduction)
