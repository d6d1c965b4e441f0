"""The mean of a loss's terms, and over how many numbers it is taken; or their sum."""

from numpy import ndarray as Array


def mean(terms: Array, reduction: str = "mean") -> Array:
    """Return the mean over the last two axes, rows and outputs; their sum, with a ``reduction`` of ``sum``."""
    return terms.sum(axis=(-2, -1)) / count(terms, reduction)


def count(terms: Array, reduction: str = "mean") -> int:
    """Count the rows and outputs together; 1 where the terms are summed up and divided by nothing."""
    return 1 if reduction == "sum" else terms.shape[-2] * terms.shape[-1]
