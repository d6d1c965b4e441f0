"""A mean of two that leans to either as much as one likes."""

import numpy as np
from numpy import ndarray as Array


def between(one: Array, other: Array, share: float | Array) -> Array:
    """From one towards the other by a share, counted from the nearer end: torch's ``lerp``, whose rounding this has.

    Where one is not finite, neither is what lies between, at a share of 1 even: the distance between them is not.
    """
    near = one + share * (other - one)
    far = other - (1 - share) * (other - one)
    distance = np.abs(share)
    return np.where(distance < 0.5, near, far)
