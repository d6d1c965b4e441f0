"""How far an activation's results reach: between which numbers they lie, told from the function itself."""

from functools import lru_cache
from math import inf
from typing import NamedTuple

import numpy as np

from engine.diy.activations import Activation

FAR = 1e4  # from 0: what still grows there has no end
GRID = np.concatenate([np.linspace(-30, 30, 60_001), [-FAR, FAR]])


class Reach(NamedTuple):
    """Hold the lowest and the highest number that an activation makes, or comes near to; infinite where it has none."""

    lowest: float
    highest: float

    @property
    def is_all(self) -> bool:
        return self == (-inf, inf)


@lru_cache(maxsize=64)
def reach_of(activation: Activation) -> Reach:
    """Return between which numbers an activation's results lie."""
    with np.errstate(all="ignore"):
        a = activation.f(GRID)
    lowest, highest = float(np.nanmin(a)), float(np.nanmax(a))
    return Reach(-inf if lowest < -FAR / 1000 else lowest, inf if highest > FAR / 1000 else highest)


@lru_cache(maxsize=64)
def largest_slope(activation: Activation) -> float:
    """Return how steep an activation is at its steepest."""
    with np.errstate(all="ignore"):
        return float(np.nanmax(activation.df(GRID, activation.f(GRID))))
