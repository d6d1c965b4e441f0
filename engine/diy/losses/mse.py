"""The mean of squared errors: large ones count most."""

from typing import NamedTuple

from numpy import ndarray as Array

from ..mean import count, mean
from .hyper import Reduction

TORCH = "torch.nn.functional.mse_loss"
TITLE = "Mean squared error"
TARGET = "numbers"


class Hyper(NamedTuple):
    reduction: Reduction = "mean"


DEFAULTS = Hyper()


def mse(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`L = \frac1n \sum (a - y)^2`"""
    (reduction,) = hyper
    e = a - y
    return mean(e * e, reduction)


def d_mse(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial L/\partial a = \frac2n (a - y)`"""
    (reduction,) = hyper
    return 2 / count(a, reduction) * (a - y)
