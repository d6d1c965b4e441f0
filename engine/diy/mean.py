"""The mean of a loss's terms, and over how many numbers it is taken."""

from numpy import ndarray as Array


def mean(terms: Array) -> Array:
    """Return the mean over the last two axes, rows and outputs."""
    return terms.sum(axis=(-2, -1)) / count(terms)


def count(terms: Array) -> int:
    """Count the rows and outputs together."""
    return terms.shape[-2] * terms.shape[-1]
