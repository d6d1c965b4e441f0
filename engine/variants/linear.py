"""A dense layer, as others write it."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from numpy import ndarray as Array

from engine.diy.layers import linear
from engine.diy.network import Layer, layer_backward, layer_forward

from .dense import Dense, DenseGradient, DensePass, Weights
from .making import variant
from .source import Source
from .variant import Reference, Shows, Variant

OF_X, OF_W = "dL_dz @ W", "dL_dz.mT @ x"
OF_B = "dL_dz.sum(axis=-2).reshape(b.shape)"
SQUARE = Shows(needs=("square weight",))
NAME = "layer1"


def variants(name: str) -> tuple[Reference, list[Variant]]:
    source = Source(linear.forward, linear.backward, layer_forward, layer_backward)
    made = Reference(name, source, _made)
    return made, [*_of_weights(made), *_of_the_bias(made)]


def _made(names: Any) -> Dense:
    """``names`` are the globals of the functions made: of them an edited one may want the learning rate, ``lr``."""
    kind: Any = SimpleNamespace(forward=names["forward"], backward=names["backward"])

    def forward(weights: Weights, x: Array) -> DensePass:
        a, (_, z, _) = names["layer_forward"](Layer(NAME, kind, weights.activation), _params(weights), x)
        return DensePass(x, z, a)

    def backward(weights: Weights, passed: DensePass, dL_da: Array, lr: float = 0.0) -> DenseGradient:
        names["lr"] = lr
        layer = Layer(NAME, kind, weights.activation)
        dL_dx, grads = names["layer_backward"](layer, _params(weights), tuple(passed), dL_da)
        return DenseGradient(dL_dx, grads[f"{NAME}.weight"], grads.get(f"{NAME}.bias"))

    return Dense(forward, backward)


def _params(weights: Weights) -> dict[str, Array]:
    parts = {f"{NAME}.weight": weights.W, f"{NAME}.bias": weights.b}
    return {name: part for name, part in parts.items() if part is not None}


def _of_weights(of: Reference) -> Iterator[Variant]:
    yield variant(of, "linear.transposed", (OF_X, "dL_dz @ W.mT"), shows=SQUARE)
    yield variant(of, "linear.transposed/dW", (OF_W, "x.mT @ dL_dz"))
    yield variant(of, "linear.dx_without_weight", (OF_X, "dL_dz"))
    updated = (OF_X, "dL_dz @ (W - lr * dL_dW)")
    yield variant(of, "linear.updated_weight", updated, shows=Shows(needs=("rate",)))
    missing = ("dL_dz = dL_da * da_dz", "dL_dz = dL_da")
    yield variant(of, "linear.activation_missing", missing, shows=Shows(needs=("activation",)))
    divided = (OF_W, "dL_dz.mT @ x / x.shape[-2]")
    yield variant(of, "linear.mean_over_rows", divided, (OF_B, f"{OF_B} / x.shape[-2]"))
    yield variant(of, "linear.weight_averaged", divided)


def _of_the_bias(of: Reference) -> Iterator[Variant]:
    yield variant(of, "linear.bias_not_summed", (OF_B, "dL_dz"))
    yield variant(of, "linear.bias_not_summed/first row", (OF_B, "dL_dz[..., 0, :].reshape(b.shape)"))
    yield variant(of, "linear.bias_not_summed/last row", (OF_B, "dL_dz[..., -1, :].reshape(b.shape)"))
    yield variant(of, "linear.bias_not_summed/outputs", (OF_B, "dL_dz.sum(axis=-1)"))
    yield variant(of, "linear.bias_not_summed/all", (OF_B, "dL_dz.sum(axis=(-2, -1))"))
    yield variant(of, "linear.bias_averaged", (OF_B, f"{OF_B} / x.shape[-2]"))
    yield variant(of, "linear.bias_missing", ("z = z + b", "pass"))
