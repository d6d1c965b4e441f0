r"""The dense layer: :math:`z = x W^\top + b`.

Weights are shaped as ``torch.nn.Linear`` has them: ``weight`` ``(out, in)``, ``bias`` ``(out,)``, which may be
missing; ``x`` is ``(rows, in)`` and ``z`` ``(rows, out)``.
"""

from collections.abc import Mapping

from numpy import ndarray as Array

TORCH = "torch.nn.Linear"
PARAMETERS = ("weight", "bias")


def shapes(inputs: int, units: int, bias: bool) -> dict[str, tuple[int, ...]]:
    """Return the shape of each parameter, in torch's order."""
    return {"weight": (units, inputs), "bias": (units,)} if bias else {"weight": (units, inputs)}


def forward(x: Array, params: Mapping[str, Array], name: str) -> tuple[Array, Array]:
    r"""Return :math:`z = x W^\top + b`, and ``x``, which the backward pass needs again."""
    W, b = params[f"{name}.weight"], params.get(f"{name}.bias")
    z = x @ W.mT
    if b is not None:
        z = z + b
    return z, x


def backward(
    dL_dz: Array, x: Array, params: Mapping[str, Array], name: str, wants_dL_dx: bool = True
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
