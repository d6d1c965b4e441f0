"""How long a vector is, or a matrix taken as one."""

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy import ndarray as Array


def norm(x: Array, axes: Sequence[int] = (-1,)) -> Array:
    r""":math:`\|x\| = \sqrt{\sum x^2}` over the axes, which stay, with a length of 1.

    As in torch the norm of a lone number is its absolute value: its square might overflow, or come to nothing.
    """
    if prod(x.shape[axis] for axis in axes) == 1:
        return np.abs(x)
    return np.sqrt((x * x).sum(axis=tuple(axes), keepdims=True))
