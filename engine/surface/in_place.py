"""The textbook's functions in a quicker form, where that is worth the while; the textbook's own where it isn't.

A new array for each of them costs as much as what is computed, once it no longer fits the cache.
"""

from collections.abc import Callable

import numpy as np
from numpy import ndarray as Array

from engine.lane import functions
from engine.spec import FunctionAsked


def sigmoid(z: Array, a: Array) -> None:
    """Write :math:`1 / (1 + e^{-z})` to ``a``, which has the shape of ``z``."""
    np.negative(z, out=a)
    np.exp(a, out=a)
    np.add(a, 1, out=a)
    np.reciprocal(a, out=a)


IN_PLACE: dict[str, Callable[[Array, Array], object]] = {
    "identity": lambda z, a: np.copyto(a, z),
    "sigmoid": sigmoid,
    "tanh": lambda z, a: np.tanh(z, out=a),
    "relu": lambda z, a: np.maximum(z, 0, out=a),
}


def activate(asked: FunctionAsked, z: Array, a: Array) -> None:
    """Write f(z) to ``a``, which has its shape; ``z`` is left as it is."""
    if isinstance(asked, str) and asked in IN_PLACE:
        IN_PLACE[asked](z, a)
    else:
        a[...] = functions.activation_of(asked).f(z)


def mse(a: Array, y: Array) -> Array:
    """Return the mean squared error of each network, (K,): squared and summed up in one go."""
    e = (a - y).reshape(len(a), -1)
    return np.vecdot(e, e) / e.shape[-1]


def loss_of(asked: FunctionAsked) -> Callable[[Array, Array], Array]:
    """Return the function of predictions and targets that computes the loss asked for, as fast as it can be had."""
    return mse if asked == "mse" else functions.loss_of(asked).f
