"""Squared errors near zero and absolute ones beyond, joined without a kink."""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..mean import count, mean
from ..optimizers.hyper import Hyperparameter
from .hyper import Reduction

TORCH = "torch.nn.functional.smooth_l1_loss"
TITLE = "Smooth L1"
TARGET = "numbers"


class Hyper(NamedTuple):
    reduction: Reduction = "mean"
    beta: Annotated[
        float,
        Hyperparameter(
            "Beta", "Errors below it count by their square, larger ones by their size.", above=True, live=False
        ),
    ] = 1.0


DEFAULTS = Hyper()


def smooth_l1(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`L = \frac1n \sum \frac{c}{\beta}\,(|e| - \frac c2)`, :math:`c = \min(|e|, \beta)`

    With :math:`e = a - y` that is :math:`e^2/2\beta` near zero and :math:`|e| - \beta/2` beyond
    :math:`\beta`, in one line that squares no large number (Girshick, 2015). Torch takes a :math:`\beta` of 0 for
    ``l1``, which stands by itself here.
    """
    reduction, beta = hyper
    e = np.abs(a - y)
    c = np.minimum(e, beta)
    return mean(c / beta * (e - c / 2), reduction)


def d_smooth_l1(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial L/\partial a = \frac1n \mathrm{clip}(e/\beta, -1, 1)`"""
    reduction, beta = hyper
    return np.clip((a - y) / beta, -1, 1) / count(a, reduction)
