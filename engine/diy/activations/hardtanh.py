"""A tanh made of three straight lines: what is beyond its bounds is cut off."""

from collections.abc import Iterator
from math import inf
from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

TORCH = "torch.nn.Hardtanh"
TITLE = "Hard tanh"


class Hyper(NamedTuple):
    min_val: Annotated[
        float, Hyperparameter("Lowest value", "What is below it becomes it.", low=-inf, live=False)
    ] = -1.0
    max_val: Annotated[float, Hyperparameter("Highest value", "What is above it becomes it.", low=-inf, live=False)] = (
        1.0
    )


DEFAULTS = Hyper()


def conflicts(hyper: Hyper) -> Iterator[tuple[str, str]]:
    if not hyper.max_val > hyper.min_val:
        yield "max_val", "bounds_crossed"


def hardtanh(z: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`a = \min(\max(z, l), h)` (Collobert, 2004), with torch's ``min_val`` for :math:`l` and ``max_val`` for
    :math:`h`
    """
    min_val, max_val = hyper
    return np.minimum(np.maximum(z, min_val), max_val)


def d_hardtanh(z: Array, a: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial a/\partial z = 1` where :math:`l < z < h`, else 0

    Torch has 0 at both kinks, where any number from 0 to 1 would do; at NaN it has 1, but of several numbers at once 0.
    """
    min_val, max_val = hyper
    return np.where((z <= min_val) | (z >= max_val), z.dtype.type(0), z.dtype.type(1))
