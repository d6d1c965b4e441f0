"""The sigmoid's derivative in terms of what goes in, where the formula wants what comes out."""

from numpy import ndarray as Array


def d_sigmoid(z: Array, a: Array) -> Array:
    return z * (1 - z)  # mistake
