"""Layers, with their sums taken in other orders."""

from typing import Any

import numpy as np

from engine.diy.network import Gradient, Pass

from . import instead_of

FILE = "network.py"
NETS = ("square", "three layers", "one layer", "in order", "tanh", "gelu")


@instead_of(FILE, "layer_forward", *NETS)
def forward_turned_over(layer: Any, x: Any) -> Any:
    W, b, activation = layer
    z = (W @ x.mT).mT
    if b is not None:
        z = b + z
    a = activation.f(z)
    return Pass(x, z, a)


@instead_of(FILE, "layer_forward", *NETS)
def forward_summed_backwards(layer: Any, x: Any) -> Any:
    W, b, activation = layer
    z = x[..., ::-1] @ W[..., ::-1].mT
    if b is not None:
        z = z + b
    a = activation.f(z)
    return Pass(x, z, a)


@instead_of(FILE, "layer_forward", *NETS)
def forward_by_einsum(layer: Any, x: Any) -> Any:
    W, b, activation = layer
    z = np.einsum("ni,oi->no", x, W)
    if b is not None:
        z = z + b
    a = activation.f(z)
    return Pass(x, z, a)


@instead_of(FILE, "layer_forward", *NETS)
def forward_with_the_bias_as_a_column(layer: Any, x: Any) -> Any:
    W, b, activation = layer
    if b is None:
        z = x @ W.mT
    else:
        ones = np.ones((len(x), 1), x.dtype)
        z = np.hstack((ones, x)) @ np.hstack((b[:, None], W)).mT
    a = activation.f(z)
    return Pass(x, z, a)


@instead_of(FILE, "layer_backward", *NETS)
def backward_with_rows_reversed(layer: Any, layer_pass: Any, dL_da: Any) -> Any:
    x, z, a = layer_pass
    da_dz = layer.activation.df(z, a)
    dL_dz = dL_da * da_dz
    dL_dW = dL_dz[::-1].mT @ x[::-1]
    if layer.b is None:
        return dL_dz, Gradient(dL_dW, None)
    dL_db = np.add.reduce(dL_dz[np.argsort(x[:, 0])], axis=0)
    return dL_dz, Gradient(dL_dW, dL_db)


@instead_of(FILE, "layer_backward", *NETS)
def backward_by_products(layer: Any, layer_pass: Any, dL_da: Any) -> Any:
    x, z, a = layer_pass
    da_dz = layer.activation.df(z, a)
    dL_dz = da_dz * dL_da
    dL_dW = np.einsum("no,ni->oi", dL_dz, x)
    if layer.b is None:
        return dL_dz, Gradient(dL_dW, None)
    dL_db = np.ones(len(x), x.dtype) @ dL_dz
    return dL_dz, Gradient(dL_dW, dL_db)
