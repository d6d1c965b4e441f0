r"""Rounding to bfloat16: float32's range with 8 bits of digits in place of 24.

NumPy has no such numbers, so they are kept in float64, which holds them exactly, their products too. A
computation in bfloat16 is done there and then rounded once, as processors do it: they add up in float32.
"""

from typing import Any

import numpy as np
from numpy import ndarray as Array


def bfloat16(x: Array | float) -> Array:
    """Return the nearest bfloat16 by way of float32; from the midst between two, the even one."""
    single: Any = np.float32(x)
    unit = 2**16 * np.spacing(np.abs(single))
    rounded = np.rint(single / unit) * unit
    is_finite = np.isfinite(single)
    return np.where(is_finite, rounded, single).astype(np.float64)
