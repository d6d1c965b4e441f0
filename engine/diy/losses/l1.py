"""The mean of absolute errors: each counts by its size, however large."""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..mean import count, mean
from .hyper import Reduction

TORCH = "torch.nn.functional.l1_loss"
TITLE = "Mean absolute error (L1)"
TARGET = "numbers"


class Hyper(NamedTuple):
    reduction: Reduction = "mean"


DEFAULTS = Hyper()


def l1(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`L = \frac1n \sum |a - y|`"""
    (reduction,) = hyper
    return mean(np.abs(a - y), reduction)


def d_l1(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial L/\partial a = \frac1n \mathrm{sign}(a - y)`, 0 at the kink, and in torch at NaN"""
    (reduction,) = hyper
    return np.sign(np.nan_to_num(a - y)) / count(a, reduction)
