"""Layers, with their sums taken in other orders."""

from typing import Any

import numpy as np

from . import instead_of

FILE = "layers/linear.py"
NETS = ("square", "three layers", "one layer", "in order", "tanh", "gelu")


@instead_of(FILE, "forward", *NETS)
def forward_turned_over(x: Any, params: Any, name: Any, hyper: Any) -> Any:
    W, b = params[f"{name}.weight"], params.get(f"{name}.bias")
    z = (W @ x.mT).mT
    if b is not None:
        z = b + z
    return z, x


@instead_of(FILE, "forward", *NETS)
def forward_summed_backwards(x: Any, params: Any, name: Any, hyper: Any) -> Any:
    W, b = params[f"{name}.weight"], params.get(f"{name}.bias")
    z = x[..., ::-1] @ W[..., ::-1].mT
    if b is not None:
        z = z + b
    return z, x


@instead_of(FILE, "forward", *NETS)
def forward_by_einsum(x: Any, params: Any, name: Any, hyper: Any) -> Any:
    W, b = params[f"{name}.weight"], params.get(f"{name}.bias")
    z = np.einsum("ni,oi->no", x, W)
    if b is not None:
        z = z + b
    return z, x


@instead_of(FILE, "forward", *NETS)
def forward_with_the_bias_as_a_column(x: Any, params: Any, name: Any, hyper: Any) -> Any:
    W, b = params[f"{name}.weight"], params.get(f"{name}.bias")
    if b is None:
        z = x @ W.mT
    else:
        ones = np.ones((len(x), 1), x.dtype)
        z = np.hstack((ones, x)) @ np.hstack((b[:, None], W)).mT
    return z, x


@instead_of(FILE, "backward", *NETS)
def backward_with_rows_reversed(dL_dz: Any, x: Any, params: Any, name: Any, hyper: Any, wants_dL_dx: Any = True) -> Any:
    W, b = params[f"{name}.weight"], params.get(f"{name}.bias")
    dL_dW = dL_dz[::-1].mT @ x[::-1]
    grads = {f"{name}.weight": dL_dW}
    if b is not None:
        dL_db = np.add.reduce(dL_dz[np.argsort(x[:, 0])], axis=0)
        grads[f"{name}.bias"] = dL_db
    return dL_dz @ W if wants_dL_dx else None, grads


@instead_of(FILE, "backward", *NETS)
def backward_by_products(dL_dz: Any, x: Any, params: Any, name: Any, hyper: Any, wants_dL_dx: Any = True) -> Any:
    W, b = params[f"{name}.weight"], params.get(f"{name}.bias")
    dL_dW = np.einsum("no,ni->oi", dL_dz, x)
    grads = {f"{name}.weight": dL_dW}
    if b is not None:
        dL_db = np.ones(len(x), x.dtype) @ dL_dz
        grads[f"{name}.bias"] = dL_db
    return np.einsum("no,oi->ni", dL_dz, W) if wants_dL_dx else None, grads
