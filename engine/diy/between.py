"""A mean of two that leans to either as much as one likes."""

from typing import Any

import numpy as np
from numpy import ndarray as Array


def between(one: Any, other: Any, share: float | Array) -> Array:
    """Go from one towards the other by a share, counted from the nearer end: torch's ``lerp``, rounded as that is.

    Between a number and infinity that is infinity at a share below one half; from there on infinity less infinity, NaN.
    """
    near = one + share * (other - one)
    far = other - (1 - share) * (other - one)
    distance = np.abs(share)
    return np.where(distance < 0.5, near, far)
