"""The points that the entries' weights have visited, without what would ruin a picture of them."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

FAR = 10  # times the start's length, and the usual way, off the start: a run that goes there has diverged


class TrajectoryPoints(NamedTuple):
    """Hold ``start`` (n,), all weights before step 1, and ``points`` (P, n) where they have been, start included."""

    start: Array
    points: Array


def trajectory_points(start: Iterable[Array], paths: Iterable[Array]) -> TrajectoryPoints:
    """Gather the points of all paths, each of which begins at the start.

    Points that are not finite, or so far off that all others would shrink to a dot, are left out.
    """
    begin = np.concatenate([np.asarray(weight, float).ravel() for weight in start])
    points = np.concatenate([*paths])
    with np.errstate(invalid="ignore", over="ignore"):
        far = np.linalg.norm(points - begin, axis=1)
    finite = np.isfinite(far)
    usual = np.median(far[finite])
    near = finite & (np.where(finite, far, 0) <= FAR * (np.linalg.norm(begin) + usual))
    return TrajectoryPoints(begin, points[near])
