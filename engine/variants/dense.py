"""A dense layer as a value: its passes with all that a layer of somebody's own gives back."""

from collections.abc import Callable
from typing import NamedTuple

from numpy import ndarray as Array

from engine.diy.activations import Activation


class Weights(NamedTuple):
    """Hold a layer's ``W`` (out, in), ``b`` (out,) or None, and the activation that follows."""

    W: Array
    b: Array | None
    activation: Activation


class DensePass(NamedTuple):
    """Hold what a forward pass leaves behind: ``x`` (rows, in), ``z`` and ``a`` (rows, out)."""

    x: Array
    z: Array
    a: Array


class DenseGradient(NamedTuple):
    """Hold the gradients of a layer, each in the shape of what it is of."""

    dL_dx: Array
    dL_dW: Array
    dL_db: Array | None


class Dense(NamedTuple):
    """Hold a layer's passes: ``forward(weights, x)`` and ``backward(weights, pass, dL_da, lr)``.

    The rate is for a layer that updates itself.
    """

    forward: Callable[[Weights, Array], DensePass]
    backward: Callable[[Weights, DensePass, Array, float], DenseGradient]
