"""The exponential linear unit: it bends towards a lower limit where it is negative (Clevert et al., 2015)."""

from math import inf
from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

TORCH = "torch.nn.ELU"
TITLE = "ELU"


class Hyper(NamedTuple):
    alpha: Annotated[
        float,
        Hyperparameter(
            "Alpha", "How far below 0 it goes: far out on the left it comes near to −alpha.", -inf, live=False
        ),
    ] = 1.0


DEFAULTS = Hyper()


def elu(z: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`a = z` where :math:`z > 0`, else :math:`\alpha\,(e^z - 1)` (Clevert et al., 2015)"""
    (alpha,) = hyper
    return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0)))


def d_elu(z: Array, a: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial a/\partial z = \alpha\,e^z` where :math:`z \leq 0`, else 1; as in torch also where z is no
    number

    Only with an :math:`\alpha` of 1 both sides meet without a kink; at 0 torch has the left one's slope.
    """
    (alpha,) = hyper
    return np.where(z <= 0, alpha * np.exp(np.minimum(z, 0)), z.dtype.type(1))
