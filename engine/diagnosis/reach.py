"""How far an activation's results reach: between which numbers they lie, told from the function itself."""

from functools import cache
from math import inf
from typing import NamedTuple

import numpy as np

from engine.diy.activations import ACTIVATIONS

FAR = 1e4  # from 0: what still grows there has no end
GRID = np.concatenate([np.linspace(-30, 30, 60_001), [-FAR, FAR]])


class Reach(NamedTuple):
    """Hold the lowest and the highest number that an activation makes, or comes near to; infinite where it has none."""

    lowest: float
    highest: float

    @property
    def is_all(self) -> bool:
        return self == (-inf, inf)


@cache
def reach_of(activation: str) -> Reach:
    """Return between which numbers an activation's results lie."""
    with np.errstate(all="ignore"):
        a = ACTIVATIONS[activation].f(GRID)
    lowest, highest = float(np.nanmin(a)), float(np.nanmax(a))
    return Reach(-inf if lowest < -FAR / 1000 else lowest, inf if highest > FAR / 1000 else highest)


@cache
def largest_slope(activation: str) -> float:
    """Return how steep an activation is at its steepest."""
    function = ACTIVATIONS[activation]
    with np.errstate(all="ignore"):
        return float(np.nanmax(function.df(GRID, function.f(GRID))))
