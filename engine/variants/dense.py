"""A dense layer as a value: its passes with all that a layer of somebody's own gives back."""

from collections.abc import Callable
from typing import NamedTuple

from numpy import ndarray as Array

from engine.diy.activations import Activation


class Weights(NamedTuple):
    """``W`` (out, in), ``b`` (out,) or None, and the activation that follows."""

    W: Array
    b: Array | None
    activation: Activation


class DensePass(NamedTuple):
    """What a forward pass leaves behind."""

    x: Array
    z: Array
    a: Array


class DenseGradient(NamedTuple):
    dL_dx: Array
    dL_dW: Array
    dL_db: Array | None


class Dense(NamedTuple):
    """``forward(weights, x)``, and ``backward(weights, pass, dL_da, lr)``; the rate is what one that updates itself
    has.
    """

    forward: Callable[[Weights, Array], DensePass]
    backward: Callable[[Weights, DensePass, Array, float], DenseGradient]
