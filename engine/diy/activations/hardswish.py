"""A SiLU made without a power of e: each number, times a straight rise from 0 to 1."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.Hardswish"
TITLE = "Hard swish"


def hardswish(z: Array) -> Array:
    r""":math:`a = z\,r`, :math:`r = \frac16 \min(\max(z + 3, 0), 6)`

    Howard et al., "Searching for MobileNetV3", 2019. Negative infinity is no number here: it is multiplied by 0.
    """
    rise = np.minimum(np.maximum(z + 3, 0), 6)
    return z * rise / 6


def d_hardswish(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = r + \frac z6 = \frac z3 + \frac12` where :math:`-3 < z < 3`, beyond 0 and 1

    At −3 torch has the 0 of the left side, where the right one has −1/2, and at 3 the 1 of the right side, where the
    left one has 3/2; at NaN it has 1, but in float32 of several numbers at once NaN.
    """
    bent = z / 3 + 0.5
    beyond = np.where(z <= -3, z.dtype.type(0), z.dtype.type(1))
    return np.where((z > -3) & (z < 3), bent, beyond)
