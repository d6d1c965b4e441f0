r"""The dense layer: :math:`z = x W^\top + b`.

Weights are shaped as ``torch.nn.Linear`` has them: ``weight`` ``(out, in)``, ``bias`` ``(out,)``, which may be
missing; ``x`` is ``(rows, in)`` and ``z`` ``(rows, out)``.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.Linear"
TITLE = "Dense"
AXIS = -1


class Hyper(NamedTuple):
    units: int
    bias: bool = True


def torch_arguments(inputs: tuple[int, ...], hyper: Hyper) -> dict[str, Any]:
    """Return the keyword arguments of torch's class."""
    return {"in_features": inputs[0], "out_features": hyper.units, "bias": hyper.bias}


def output_shape(inputs: tuple[int, ...], hyper: Hyper) -> tuple[int, ...]:
    """Return the shape of a row of ``z``."""
    return (hyper.units,)


def shapes(inputs: tuple[int, ...], hyper: Hyper) -> dict[str, tuple[int, ...]]:
    """Return the shape of each parameter, in torch's order."""
    weight = {"weight": (hyper.units, *inputs)}
    return {**weight, "bias": (hyper.units,)} if hyper.bias else weight


def forward(x: Array, params: Mapping[str, Array], name: str, hyper: Hyper) -> tuple[Array, Array]:
    r"""Return :math:`z = x W^\top + b`, and ``x``, which the backward pass needs again."""
    W, b = params[f"{name}.weight"], params.get(f"{name}.bias")
    z = x @ W.mT
    if b is not None:
        z = z + b
    return z, x


def backward(
    dL_dz: Array, x: Array, params: Mapping[str, Array], name: str, hyper: Hyper, wants_dL_dx: bool = True
) -> tuple[Array | None, dict[str, Array]]:
    r"""Return the gradients of the input and of the parameters; the first layer's input wants none.

    :math:`\partial z/\partial W = x`, :math:`\partial z/\partial b = 1` and :math:`\partial z/\partial x = W`.
    """
    W, b = params[f"{name}.weight"], params.get(f"{name}.bias")
    dL_dW = dL_dz.mT @ x
    grads = {f"{name}.weight": dL_dW}
    if b is not None:
        dL_db = dL_dz.sum(axis=-2).reshape(b.shape)  # every row adds the same b, so rows sum
        grads[f"{name}.bias"] = dL_db
    if not wants_dL_dx:
        return None, grads
    dL_dx = dL_dz @ W
    return dL_dx, grads


def dz_dw(x: Array, parameter: str, index: tuple[int, ...], hyper: Hyper) -> Array:
    r"""Return :math:`\partial z/\partial w` of one number of a parameter in each row, shape ``(rows,)``.

    A weight joins an input, which is the factor, to the unit that is the first of its indices; a bias adds as it is.
    """
    if parameter == "bias":
        return np.ones(len(x))
    _, column = index
    return x[:, column]
