"""The exponential linear unit: it bends towards -1 where it is negative (Clevert et al., 2015)."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.ELU"
TITLE = "ELU"


def elu(z: Array) -> Array:
    r""":math:`a = z` where :math:`z > 0`, else :math:`e^z - 1` (Clevert et al., 2015)"""
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))


def d_elu(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = e^z` where :math:`z \leq 0`, else 1; as in torch also where z is no number"""
    return np.where(z <= 0, np.exp(np.minimum(z, 0)), z.dtype.type(1))
