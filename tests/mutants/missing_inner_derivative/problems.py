"""Rosenbrock's function whose square of x was not differentiated."""

from numpy import ndarray as Array

from engine.diy.problems import coordinates, row


def d_rosenbrock(w: Array) -> Array:
    x, y = coordinates(w)
    u = 1 - x
    v = y - x * x
    dL_dx = -2 * u - 200 * v
    dL_dy = 200 * v
    return row(dL_dx, dL_dy)  # mistake
