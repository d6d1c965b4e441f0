"""The rule: by how much a result may differ from torch's and still be rounding.

Each element is held against how far torch itself moves when everything in the stage is moved by a rounding (its
*spread*), and against one unit in the last place of the largest term that the stage adds up (its *floor*): what is
left of terms that cancel has their rounding, whatever its own size. Neither is a tolerance: both follow from the
numbers at hand and the precision they are kept in. Measured: mistakes lie beyond by ten thousand and more, right code
in any algebra within about 2, so there is room on both sides of the factor.
"""

import numpy as np
from numpy import ndarray as Array

from engine.lane.stage import Hearing

FACTOR = 8.0  # times spread and floor: from there on it is more than rounding


# What torch's inputs alone explain needs no closer look, and costs little.
FIRST = Hearing(8, 1, operations=False)
SUSPICION = Hearing(8, 1)
# Eight small moves may happen to cancel; before anything is called wrong, more and larger ones are tried.
CONVICTION = Hearing(32, 4)
HEARINGS = (FIRST, SUSPICION, CONVICTION)
# A step of LBFGS is hundreds of operations: mostly it is soon seen that rounding makes much of it.
OF_MANY_OPERATIONS = (FIRST._replace(times=3), SUSPICION._replace(times=6), CONVICTION._replace(times=16))


def floor(terms: Array, dtype: str) -> Array:
    """Return one unit in the last place of the largest term, or the smallest number there is."""
    kind = np.finfo(dtype)
    return float(kind.eps) * np.asarray(terms, np.float64) + float(kind.smallest_subnormal)


def distance(one: Array, other: Array) -> Array:
    """Return how far apart they are in float64: 0 where both are the same, infinities too; NaN where it is unknown."""
    one, other = np.asarray(one, np.float64), np.asarray(other, np.float64)
    with np.errstate(all="ignore"):
        return np.where((one == other) | (np.isnan(one) & np.isnan(other)), 0.0, np.abs(one - other))


def spread(base: Array, moved: Array) -> Array:
    """Return how far torch's own answers lie from its answer as it is; NaN where one of them is not finite."""
    with np.errstate(all="ignore"):
        return np.abs(np.asarray(moved, np.float64) - np.asarray(base, np.float64)).max(axis=0)
