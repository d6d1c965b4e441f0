"""A backward pass that takes the mean over the rows, where each row adds its share."""

from collections.abc import Mapping
from typing import Any

from numpy import ndarray as Array


def backward(
    dL_dz: Array, x: Array, params: Mapping[str, Array], name: str, hyper: Any, wants_dL_dx: bool = True
) -> tuple[Array | None, dict[str, Array]]:
    W, b = params[f"{name}.weight"], params.get(f"{name}.bias")
    dL_dW = dL_dz.mT @ x
    grads = {f"{name}.weight": dL_dW}
    if b is not None:
        dL_db = dL_dz.mean(axis=-2).reshape(b.shape)  # mistake
        grads[f"{name}.bias"] = dL_db
    if not wants_dL_dx:
        return None, grads
    dL_dx = dL_dz @ W
    return dL_dx, grads
