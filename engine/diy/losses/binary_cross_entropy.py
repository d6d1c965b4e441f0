"""The cross entropy of yes and no, for outputs that are probabilities: of a sigmoid."""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..mean import count, mean
from .hyper import Reduction

TORCH = "torch.nn.functional.binary_cross_entropy"
TITLE = "Binary cross-entropy (of probabilities)"
TARGET = "probabilities"
OUTPUTS = "probabilities"
LEAST_LOG = -100.0  # what torch takes for the logarithm of 0
LEAST_SLOPE = 9.999999960041972e-13  # what torch's derivative divides by at least: 1e-12, as float32 holds it


class Hyper(NamedTuple):
    reduction: Reduction = "mean"


DEFAULTS = Hyper()


@np.errstate(divide="ignore")  # the logarithm of 0 is taken for -100
def binary_cross_entropy(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`L = -\frac1n \sum y \ln a + (1 - y) \ln(1 - a)`; as in torch no logarithm is below -100

    Of a sigmoid ``bce`` does the same in one, and keeps the digits that are lost near 0 and 1.
    """
    (reduction,) = hyper
    ln_a = np.maximum(np.log(a), LEAST_LOG)
    ln_rest = np.maximum(np.log1p(-a), LEAST_LOG)
    return mean((y - 1) * ln_rest - y * ln_a, reduction)


def d_binary_cross_entropy(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial L/\partial a = \frac1n \frac{a - y}{a\,(1 - a)}`

    Torch divides by :math:`10^{-12}` at least, where the value's logarithm has stopped at -100 already or not yet: at
    0 and 1 its slope is large, and not that of the value, which is flat there.
    """
    (reduction,) = hyper
    slope = np.maximum((1 - a) * a, LEAST_SLOPE)
    return (a - y) / slope / count(a, reduction)
