r"""Rounding to bfloat16: float32's range with 8 bits of digits in place of 24.

NumPy has no such numbers, so they are kept in float64, which holds them exactly, their products too. A
computation in bfloat16 is done there and then rounded once, as processors do it: they add up in float32.
"""

import numpy as np
from numpy import ndarray as Array


def bfloat16(x: Array | float) -> Array:
    """The nearest bfloat16 by way of float32; from the midst between two, the even one."""
    x = np.float32(x)  # pyright: ignore[reportAssignmentType]  # of an array it is an array
    unit = 2**16 * np.spacing(np.abs(x))
    rounded = np.rint(x / unit) * unit
    return np.where(np.isfinite(x), rounded, x).astype(np.float64)
