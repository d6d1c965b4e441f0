r"""Root mean square normalization (Zhang and Sennrich, 2019, "Root Mean Square Layer Normalization", equation 4).

A layer norm that leaves the mean as it is: with :math:`n` numbers in a row,

.. math:: \rho = \sqrt{\frac1n \sum_j x_j^2 + \epsilon}, \qquad \hat x = \frac{x}{\rho}, \qquad z = w \odot \hat x

``x`` and ``z`` are ``(rows, n)``, ``weight`` ``(n,)``. A number of ``x`` moves :math:`\hat x` on two paths: as it is,
and through :math:`\rho`.

Warnings, where torch departs from the paper: it adds :math:`\epsilon` under the root, which the paper has not. Where
none is given it is the spacing of floats at 1, 1.2e-7 in float32 and 2.2e-16 in float64, so that rows of tiny numbers
come out otherwise in another precision; other norms have 1e-5.
"""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

TORCH = "torch.nn.RMSNorm"
TITLE = "RMS norm"
AXIS = -1
FACTOR = r"\hat{x}"  # of a weight: what its z is made with
INSIDE = {"forward": ("rho", "x_hat"), "backward": ("dL_dx_hat", "direct", "dL_drho", "through_square")}
PATHS = ("direct", "through_square")


class Hyper(NamedTuple):
    eps: Annotated[
        float | None,
        Hyperparameter(
            "Epsilon",
            "A small number added to the mean square, so that a row of zeros is not divided by 0. Where none is given, "
            "the spacing of floats at 1.",
            live=False,
            optional=True,
        ),
    ] = None
    elementwise_affine: Annotated[
        bool,
        Hyperparameter(
            "Learned scale", "Multiply what was normalized by learned weights, which begin at 1.", live=False
        ),
    ] = True


class Cache(NamedTuple):
    x_hat: Array
    rho: Array


def torch_arguments(inputs: tuple[int, ...], hyper: Hyper) -> dict[str, Any]:
    """Return the keyword arguments of torch's class."""
    return {"normalized_shape": inputs[-1:], **hyper._asdict()}


def shapes(inputs: tuple[int, ...], hyper: Hyper) -> dict[str, tuple[int, ...]]:
    """Return the shape of each parameter, in torch's order."""
    return {"weight": inputs[-1:]} if hyper.elementwise_affine else {}


def forward(x: Array, params: Mapping[str, Array], name: str, hyper: Hyper) -> tuple[Array, Cache]:
    r"""Return :math:`z = w \odot \hat x`, and what the backward pass needs again."""
    w = params.get(f"{name}.weight")
    eps = float(np.finfo(x.dtype).eps) if hyper.eps is None else hyper.eps
    rho = np.sqrt((x * x).mean(axis=-1, keepdims=True) + eps)
    x_hat = x / rho
    z = x_hat
    if w is not None:
        z = w * x_hat
    return z, Cache(x_hat, rho)


def backward(
    dL_dz: Array, cache: Cache, params: Mapping[str, Array], name: str, hyper: Hyper, wants_dL_dx: bool = True
) -> tuple[Array | None, dict[str, Array]]:
    r"""Return the gradients of the input, two paths added up, and of the weight.

    :math:`\partial\hat x_i/\partial x_i = 1/\rho` directly, and :math:`\partial\hat x_i/\partial\rho = -\hat x_i/\rho`
    with :math:`\partial\rho/\partial x = \hat x/n`.
    """
    w = params.get(f"{name}.weight")
    x_hat, rho = cache
    grads: dict[str, Array] = {}
    if w is not None:
        dL_dw = (dL_dz * x_hat).sum(axis=-2).reshape(w.shape)
        grads[f"{name}.weight"] = dL_dw
    if not wants_dL_dx:
        return None, grads
    n = x_hat.shape[-1]
    dL_dx_hat = dL_dz
    if w is not None:
        dL_dx_hat = dL_dz * w
    direct = dL_dx_hat / rho

    dx_hat_drho = -x_hat / rho
    dL_drho = (dL_dx_hat * dx_hat_drho).sum(axis=-1, keepdims=True)
    drho_dx = x_hat / n
    through_square = dL_drho * drho_dx

    dL_dx = direct + through_square
    return dL_dx, grads


def dz_dw(x: Array, parameter: str, index: tuple[int, ...], hyper: Hyper) -> Array:
    r"""Return :math:`\partial z/\partial w` of one weight in each row, which is :math:`\hat x`, shape ``(rows,)``."""
    _, cache = forward(x, {}, "", hyper)
    return cache.x_hat[:, index[0]]
