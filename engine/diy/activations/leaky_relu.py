"""A rectified linear unit that lets a little of what is negative through (Maas et al., 2013)."""

from math import inf
from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

TORCH = "torch.nn.LeakyReLU"
TITLE = "Leaky ReLU"


class Hyper(NamedTuple):
    negative_slope: Annotated[
        float,
        Hyperparameter("Negative slope", "What every number below 0 is multiplied by.", low=-inf, live=False),
    ] = 0.01


DEFAULTS = Hyper()


def leaky_relu(z: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`a = z` where :math:`z > 0`, else :math:`s\,z`, with torch's ``negative_slope`` for :math:`s`"""
    (negative_slope,) = hyper
    return np.where(z > 0, z, negative_slope * z)


def d_leaky_relu(z: Array, a: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial a/\partial z = 1` where :math:`z > 0`, else :math:`s`, as in torch at the kink too"""
    (negative_slope,) = hyper
    return np.where(z > 0, z.dtype.type(1), z.dtype.type(negative_slope))
