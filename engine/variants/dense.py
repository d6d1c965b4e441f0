"""A dense layer as a value: its passes with all that a layer of somebody's own gives back."""

from collections.abc import Callable
from typing import NamedTuple

from numpy import ndarray as Array

from engine.diy.network import Layer, Pass


class DenseGradient(NamedTuple):
    dL_dx: Array
    dL_dW: Array
    dL_db: Array | None


class Dense(NamedTuple):
    """``forward(layer, x)``, and ``backward(layer, pass, dL_da, lr)``; the rate is what one that updates itself has."""

    forward: Callable[[Layer, Array], Pass]
    backward: Callable[[Layer, Pass, Array, float], DenseGradient]
