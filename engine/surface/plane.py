"""A plane in the space of weights, where it lies: its origin and two directions."""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Plane


class PlacedPlane(NamedTuple):
    """Locate a plane: point (x, y) has the weights ``origin`` + x ``first`` + y ``second``, each (n,) in float64.

    ``shares``: of the paths' variance, what each direction explains; None where that is not what they were chosen for.
    ``asked``: for which plane, through which entry's weights.
    """

    origin: Array
    first: Array
    second: Array
    shares: tuple[float, float] | None = None
    asked: tuple[Plane, int | None] | None = None

    def at(self, x: Array | float, y: Array | float) -> Array:
        """Return the weights ``(..., n)`` at coordinates of any shape."""
        x, y = np.asarray(x, float)[..., None], np.asarray(y, float)[..., None]
        return self.origin + x * self.first + y * self.second

    def project(self, points: Array) -> tuple[Array, Array]:
        """Return the coordinates x and y, (P,), nearest to each of the points (P, n); NaN for a point that isn't
        finite.
        """
        directions = np.stack((self.first, self.second))
        # Of directions that are one and the same, or none at all, any solution will do: the shortest.
        solving = np.linalg.pinv(directions @ directions.T, hermitian=True) @ directions
        with np.errstate(invalid="ignore", over="ignore"):
            x, y = solving @ (points - self.origin).T
        return x, y
