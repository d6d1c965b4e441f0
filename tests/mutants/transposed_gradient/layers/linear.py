"""A backward pass whose weight gradient lies on its side."""

from collections.abc import Mapping
from typing import Any

from numpy import ndarray as Array


def backward(
    dL_dz: Array, x: Array, params: Mapping[str, Array], name: str, hyper: Any, wants_dL_dx: bool = True
) -> tuple[Array | None, dict[str, Array]]:
    W, b = params[f"{name}.weight"], params.get(f"{name}.bias")
    dL_dW = x.mT @ dL_dz  # mistake
    grads = {f"{name}.weight": dL_dW}
    if b is not None:
        dL_db = dL_dz.sum(axis=-2).reshape(b.shape)
        grads[f"{name}.bias"] = dL_db
    if not wants_dL_dx:
        return None, grads
    dL_dx = dL_dz @ W
    return dL_dx, grads
