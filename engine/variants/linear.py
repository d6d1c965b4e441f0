"""A dense layer, as others write it."""

from collections.abc import Iterator, Mapping
from typing import Any

from numpy import ndarray as Array

from engine.diy import network
from engine.diy.network import Layer, Pass, layer_backward

from .dense import Dense, DenseGradient
from .making import variant
from .source import Source
from .variant import Reference, Shows, Variant

OF_X, OF_W = "dL_dz @ layer.W", "dL_dz.mT @ x"
OF_B = "dL_dz.sum(axis=-2).reshape(layer.b.shape)"
SQUARE = Shows(needs=("square weight",))


def backward(layer: Layer, layer_pass: Pass, dL_da: Array, lr: float = 0.0) -> DenseGradient:  # noqa: ARG001  # a variant's
    """Return the gradients of one layer, its input's among them."""
    dL_dz, (dL_dW, dL_db) = layer_backward(layer, layer_pass, dL_da)
    dL_dx = dL_dz @ layer.W
    return DenseGradient(dL_dx, dL_dW, dL_db)


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = Reference(name, Source(network.layer_forward, network.layer_backward, backward), _made)
    return made, [*_of_weights(made), *_of_the_bias(made)]


def _made(names: Mapping[str, Any]) -> Dense:
    return Dense(names["layer_forward"], names["backward"])


def _of_weights(of: Reference) -> Iterator[Variant]:
    yield variant(of, "linear.transposed", (OF_X, "dL_dz @ layer.W.mT"), shows=SQUARE)
    yield variant(of, "linear.transposed/dW", (OF_W, "x.mT @ dL_dz"))
    yield variant(of, "linear.dx_without_weight", (OF_X, "dL_dz"))
    updated = (OF_X, "dL_dz @ (layer.W - lr * dL_dW)")
    yield variant(of, "linear.updated_weight", updated, shows=Shows(needs=("rate",)))
    missing = ("dL_dz = dL_da * da_dz", "dL_dz = dL_da")
    yield variant(of, "linear.activation_missing", missing, shows=Shows(needs=("activation",)))
    divided = (OF_W, "dL_dz.mT @ x / x.shape[-2]")
    yield variant(of, "linear.mean_over_rows", divided, (OF_B, f"{OF_B} / x.shape[-2]"))
    yield variant(of, "linear.weight_averaged", divided)


def _of_the_bias(of: Reference) -> Iterator[Variant]:
    yield variant(of, "linear.bias_not_summed", (OF_B, "dL_dz"))
    yield variant(of, "linear.bias_not_summed/first row", (OF_B, "dL_dz[..., 0, :].reshape(layer.b.shape)"))
    yield variant(of, "linear.bias_not_summed/last row", (OF_B, "dL_dz[..., -1, :].reshape(layer.b.shape)"))
    yield variant(of, "linear.bias_not_summed/outputs", (OF_B, "dL_dz.sum(axis=-1)"))
    yield variant(of, "linear.bias_not_summed/all", (OF_B, "dL_dz.sum(axis=(-2, -1))"))
    yield variant(of, "linear.bias_averaged", (OF_B, f"{OF_B} / x.shape[-2]"))
    yield variant(of, "linear.bias_missing", ("z = z + b", "pass"))
