"""A smooth ReLU, whose slope is the sigmoid (Dugas et al., 2001)."""

from math import inf
from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

TORCH = "torch.nn.Softplus"
TITLE = "Softplus"


class Hyper(NamedTuple):
    beta: Annotated[
        float,
        Hyperparameter("Beta", "How sharp its bend is: the larger, the nearer to a ReLU.", above=True, live=False),
    ] = 1.0
    threshold: Annotated[
        float,
        Hyperparameter("Threshold", "Where beta times z is above it, z itself is taken.", low=-inf, live=False),
    ] = 20.0


DEFAULTS = Hyper()


def softplus(z: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`a = \frac1\beta \ln(1 + e^{\beta z})`; torch takes :math:`a = z` where :math:`\beta z` is above its
    ``threshold``, 20, and so do we.
    """
    beta, threshold = hyper
    bent = np.log1p(np.exp(np.minimum(beta * z, threshold))) / beta
    return np.where(beta * z > threshold, z, bent)


def d_softplus(z: Array, a: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial a/\partial z = \sigma(\beta z) = \frac{u}{1 + u}`, :math:`u = e^{\beta z}`, and 1 above the
    threshold
    """
    beta, threshold = hyper
    u = np.exp(np.minimum(beta * z, threshold))
    return np.where(beta * z > threshold, z.dtype.type(1), u / (1 + u))
