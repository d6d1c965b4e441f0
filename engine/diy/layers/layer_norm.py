r"""Layer normalization (Ba, Kiros and Hinton, 2016, "Layer Normalization", equations 2 to 4): each row by itself.

With :math:`n` numbers in a row, :math:`\mu = \frac1n \sum_j x_j` and
:math:`\sigma = \sqrt{\frac1n \sum_j (x_j - \mu)^2 + \epsilon}`,

.. math:: \hat x = \frac{x - \mu}{\sigma}, \qquad z = w \odot \hat x + b

``x`` and ``z`` are ``(rows, n)``, ``weight`` and ``bias`` ``(n,)``, one number for each column. A number of ``x`` moves
:math:`\hat x` on three paths, which add up in the backward pass: as it is, through :math:`\mu`, through :math:`\sigma`.

Warnings, where torch departs from the paper: it adds :math:`\epsilon` under the root, which the paper has not, so that
a row of equal numbers gives 0 and not 0/0. Like the paper it divides the squares by :math:`n`; ``torch.var`` by itself
would divide by :math:`n - 1`.
"""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

TORCH = "torch.nn.LayerNorm"
TITLE = "Layer norm"
AXIS = -1
FACTOR = r"\hat{x}"  # of a weight: what its z is made with
INSIDE = {
    "forward": ("mu", "c", "var", "sigma", "x_hat"),
    "backward": ("dL_dx_hat", "direct", "dL_dmu", "through_mean", "dL_dsigma", "through_variance"),
}
PATHS = ("direct", "through_mean", "through_variance")

Eps = Annotated[
    float,
    Hyperparameter(
        "Epsilon",
        "A small number added to the variance, so that a row of equal numbers is not divided by 0.",
        live=False,
    ),
]
Affine = Annotated[
    bool,
    Hyperparameter("Learned scale", "Multiply what was normalized by learned weights, which begin at 1.", live=False),
]


class Hyper(NamedTuple):
    eps: Eps = 1e-5
    elementwise_affine: Affine = True
    bias: Annotated[
        bool,
        Hyperparameter(
            "Learned shift", "Add learned numbers, which begin at 0; only beside a learned scale.", live=False
        ),
    ] = True


class Cache(NamedTuple):
    x_hat: Array
    sigma: Array


def torch_arguments(inputs: tuple[int, ...], hyper: Hyper) -> dict[str, Any]:
    """Return the keyword arguments of torch's class."""
    return {"normalized_shape": inputs[-1:], **hyper._asdict()}


def shapes(inputs: tuple[int, ...], hyper: Hyper) -> dict[str, tuple[int, ...]]:
    """Return the shape of each parameter, in torch's order."""
    if not hyper.elementwise_affine:
        return {}
    weight = {"weight": inputs[-1:]}
    return {**weight, "bias": inputs[-1:]} if hyper.bias else weight


def forward(x: Array, params: Mapping[str, Array], name: str, hyper: Hyper) -> tuple[Array, Cache]:
    r"""Return :math:`z = w \odot \hat x + b`, and what the backward pass needs again."""
    w, b = params.get(f"{name}.weight"), params.get(f"{name}.bias")
    mu = x.mean(axis=-1, keepdims=True)
    c = x - mu
    var = (c * c).mean(axis=-1, keepdims=True)  # by n, not by n - 1
    sigma = np.sqrt(var + hyper.eps)
    x_hat = c / sigma
    z = x_hat
    if w is not None:
        z = w * x_hat
    if b is not None:
        z = z + b
    return z, Cache(x_hat, sigma)


def backward(
    dL_dz: Array, cache: Cache, params: Mapping[str, Array], name: str, hyper: Hyper, wants_dL_dx: bool = True
) -> tuple[Array | None, dict[str, Array]]:
    r"""Return the gradients of the input, three paths added up, and of the parameters.

    :math:`\partial\hat x_i/\partial x_i = 1/\sigma` directly, :math:`\partial\hat x_i/\partial\mu = -1/\sigma` with
    :math:`\partial\mu/\partial x = 1/n`, and :math:`\partial\hat x_i/\partial\sigma = -\hat x_i/\sigma` with
    :math:`\partial\sigma/\partial x = \hat x/n`: under the root, :math:`\mu` has no path of its own, as
    :math:`\sum_j (x_j - \mu) = 0`.
    """
    w, b = params.get(f"{name}.weight"), params.get(f"{name}.bias")
    x_hat, sigma = cache
    grads: dict[str, Array] = {}
    if w is not None:
        dL_dw = (dL_dz * x_hat).sum(axis=-2).reshape(w.shape)
        grads[f"{name}.weight"] = dL_dw
    if b is not None:
        dL_db = dL_dz.sum(axis=-2).reshape(b.shape)
        grads[f"{name}.bias"] = dL_db
    if not wants_dL_dx:
        return None, grads
    n = x_hat.shape[-1]
    dL_dx_hat = dL_dz
    if w is not None:
        dL_dx_hat = dL_dz * w
    direct = dL_dx_hat / sigma

    dL_dmu = -direct.sum(axis=-1, keepdims=True)
    through_mean = dL_dmu / n

    dx_hat_dsigma = -x_hat / sigma
    dL_dsigma = (dL_dx_hat * dx_hat_dsigma).sum(axis=-1, keepdims=True)
    dsigma_dx = x_hat / n
    through_variance = dL_dsigma * dsigma_dx

    dL_dx = direct + through_mean + through_variance
    return dL_dx, grads


def dz_dw(x: Array, parameter: str, index: tuple[int, ...], hyper: Hyper) -> Array:
    r"""Return :math:`\partial z/\partial w` of one number of a parameter in each row, shape ``(rows,)``.

    A weight's is the number that it scales, :math:`\hat x`; a bias adds as it is.
    """
    if parameter == "bias":
        return np.ones(len(x))
    _, cache = forward(x, {}, "", hyper)
    return cache.x_hat[:, index[0]]
