"""The two directions along which the paths spread most: principal component analysis (Pearson, 1901)."""

import numpy as np
from numpy import ndarray as Array
from scipy.linalg import eigh

from .plane import PlacedPlane

MOST_PRODUCTS = 200_000_000  # multiplications that a matrix of inner products may cost: some milliseconds
NOTHING = 1e-12  # of the variance: rounding


def main_directions(points: Array, start: Array) -> PlacedPlane:
    """Return the plane of most variance through the mean of the points (P, n), and its directions' shares of it.

    A direction that the points do not have is any at right angles to the other, and explains nothing. Each direction
    points away from the start, so that the picture isn't turned over by another step.
    """
    points = thinned(points)
    mean = points.mean(axis=0)
    away = points - mean
    total = float(np.sum(away * away))
    found = [(share, direction) for share, direction in spread(away, total) if share > NOTHING]
    directions = [direction * sign(direction @ (mean - start)) for _, direction in found]
    rng = np.random.default_rng(0)
    while len(directions) < 2:
        directions.append(at_right_angles(rng.normal(size=mean.size), directions))
    shares = [share for share, _ in found] + [0.0, 0.0]
    return PlacedPlane(mean, *directions, shares=(shares[0], shares[1]))


def spread(away: Array, total: float) -> list[tuple[float, Array]]:
    """Return the two largest shares of variance and their directions, largest first, of deviations (P, n) from a
    mean.

    Eigenvectors of the smaller of both matrices of inner products: between weights, or between points.
    """
    if total == 0:
        return []
    between_points = away.shape[0] < away.shape[1]
    inner = away @ away.T if between_points else away.T @ away
    largest = inner.shape[0] - 1
    variances, vectors = eigh(inner, subset_by_index=(max(largest - 1, 0), largest))
    vectors = away.T @ vectors if between_points else vectors
    lengths = np.linalg.norm(vectors, axis=0)
    found = [(max(float(variances[k]) / total, 0.0), vectors[:, k] / (lengths[k] or 1)) for k in range(lengths.size)]
    return found[::-1]


def thinned(points: Array) -> Array:
    """Return as many points, evenly chosen, as their inner products can be computed of without delaying the engine."""
    count, weights = points.shape
    while count * weights * min(count, weights) > MOST_PRODUCTS and count > 3:
        points = points[::2]
        count = len(points)
    return points


def at_right_angles(vector: Array, directions: list[Array]) -> Array:
    """Return the unit vector along what the directions don't explain of the vector; zeros where nothing is left."""
    for direction in directions:
        vector = vector - (vector @ direction) * direction
    length = np.linalg.norm(vector)
    return vector / length if length > NOTHING else np.zeros_like(vector)


def sign(value: float) -> float:
    """Return −1 below 0, else 1."""
    return -1.0 if value < 0 else 1.0
