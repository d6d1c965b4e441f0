r"""Batch normalization (Ioffe and Szegedy, 2015, "Batch Normalization", algorithm 1): each column over the batch.

With :math:`n` rows in the batch, :math:`\mu = \frac1n \sum_i x_i` and
:math:`\sigma = \sqrt{\frac1n \sum_i (x_i - \mu)^2 + \epsilon}` of each column,

.. math:: \hat x = \frac{x - \mu}{\sigma}, \qquad z = w \odot \hat x + b

``x`` and ``z`` are ``(n, columns)``; ``weight`` and ``bias`` ``(columns,)``. A number of ``x`` moves the
:math:`\hat x` of all rows on three paths: as it is its own, through :math:`\mu` and through :math:`\sigma` those of
its whole column. A bias in the layer below moves nothing: it is in :math:`\mu` too, and its gradient is 0.

What is evaluated has no batch: there :math:`\mu` and :math:`\sigma^2` are running averages, which each step moves by
the share :math:`\alpha`, ``momentum``; they are constants then, and of the three paths the first is left.

Warnings, where torch departs from the paper: the running variance is an exponential average too, which the paper takes
over several batches at the end; and torch's ``momentum`` is the share of the new, not of what is kept. As in the paper
a step divides the squares by :math:`n`, and the running variance by :math:`n - 1`.
"""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

TORCH = "torch.nn.BatchNorm1d"
TITLE = "Batch norm"
AXIS = 1  # channels, over whose places the statistics run as they do over rows
MOST_AXES = 2
FACTOR = r"\hat{x}"  # of a weight: what its z is made with
INSIDE = {
    "forward": ("mu", "c", "var", "sigma", "x_hat"),
    "backward": ("dL_dx_hat", "direct", "dL_dmu", "through_mean", "dL_dsigma", "through_variance"),
}
PATHS = ("direct", "through_mean", "through_variance")
LEAST_ROWS = 2  # of a batch: a single number has no variance


class Hyper(NamedTuple):
    eps: Annotated[
        float,
        Hyperparameter(
            "Epsilon",
            "A small number added to the variance, so that a column of equal numbers is not divided by 0.",
            above=True,
            live=False,
        ),
    ] = 1e-5
    momentum: Annotated[
        float,
        Hyperparameter(
            "Momentum",
            "The share of each batch in the running mean and variance, by which the network is evaluated.",
            high=1.0,
            closed=True,
            live=False,
        ),
    ] = 0.1
    affine: Annotated[
        bool,
        Hyperparameter(
            "Learned scale and shift",
            "Multiply what was normalized by learned weights, which begin at 1, and add learned biases.",
            live=False,
        ),
    ] = True


class Cache(NamedTuple):
    """Hold what the backward pass needs. ``buffers`` are the new running statistics; none in evaluation."""

    x_hat: Array
    sigma: Array
    buffers: Mapping[str, Array]
    is_evaluated: bool = False


def torch_arguments(inputs: tuple[int, ...], hyper: Hyper) -> dict[str, Any]:
    """Return the keyword arguments of torch's class."""
    return {"num_features": inputs[0], **hyper._asdict()}


def shapes(inputs: tuple[int, ...], hyper: Hyper) -> dict[str, tuple[int, ...]]:
    """Return the shape of each parameter, in torch's order."""
    return {"weight": inputs, "bias": inputs} if hyper.affine else {}


def buffers(inputs: tuple[int, ...], hyper: Hyper) -> dict[str, Array]:
    """Return what the running statistics begin with, in torch's order."""
    mean = np.zeros(inputs)
    var = np.ones(inputs)
    batches = np.array(0)
    return {"running_mean": mean, "running_var": var, "num_batches_tracked": batches}


def forward(x: Array, params: Mapping[str, Array], name: str, hyper: Hyper) -> tuple[Array, Cache]:
    r"""Return :math:`z = w \odot \hat x + b` by the batch's own statistics, and what the backward pass needs again."""
    mu = x.mean(axis=-2, keepdims=True)
    c = x - mu
    var = (c * c).mean(axis=-2, keepdims=True)  # by n, not by n - 1
    sigma = np.sqrt(var + hyper.eps)
    x_hat = c / sigma
    z = scaled(x_hat, params, name)
    return z, Cache(x_hat, sigma, tracked(mu, var, x.shape[-2], params, name, hyper))


def evaluate(x: Array, params: Mapping[str, Array], name: str, hyper: Hyper) -> tuple[Array, Cache]:
    r"""Return :math:`z` by the running statistics, row by row, and what the backward pass needs again."""
    mu, var = params[f"{name}.running_mean"], params[f"{name}.running_var"]
    sigma = np.sqrt(var + hyper.eps)
    x_hat = (x - mu) / sigma
    z = scaled(x_hat, params, name)
    return z, Cache(x_hat, sigma, {}, is_evaluated=True)


def scaled(x_hat: Array, params: Mapping[str, Array], name: str) -> Array:
    r"""Return :math:`w \odot \hat x + b`, as far as there are such."""
    w, b = params.get(f"{name}.weight"), params.get(f"{name}.bias")
    z = x_hat
    if w is not None and b is not None:
        z = w * x_hat + b
    return z


def tracked(mu: Array, var: Array, n: int, params: Mapping[str, Array], name: str, hyper: Hyper) -> dict[str, Array]:
    r"""Return the running statistics with this batch in them: :math:`(1 - \alpha)\, r + \alpha\, s`.

    The variance is that of :math:`n - 1`: of few rows the other is too small.
    """
    running_mean, running_var = params.get(f"{name}.running_mean"), params.get(f"{name}.running_var")
    if running_mean is None or running_var is None:
        return {}
    alpha = hyper.momentum
    unbiased = var * (n / (n - 1))
    running_mean = (1 - alpha) * running_mean + alpha * mu.reshape(running_mean.shape)
    running_var = (1 - alpha) * running_var + alpha * unbiased.reshape(running_var.shape)
    batches = params[f"{name}.num_batches_tracked"]
    batches = batches + 1
    new = {f"{name}.running_mean": running_mean, f"{name}.running_var": running_var}
    return {**new, f"{name}.num_batches_tracked": batches}


def backward(
    dL_dz: Array, cache: Cache, params: Mapping[str, Array], name: str, hyper: Hyper, wants_dL_dx: bool = True
) -> tuple[Array | None, dict[str, Array]]:
    r"""Return the gradients of the input, three paths added up, and of the parameters.

    :math:`\partial\hat x_i/\partial x_i = 1/\sigma` directly, :math:`\partial\hat x_i/\partial\mu = -1/\sigma` with
    :math:`\partial\mu/\partial x = 1/n`, and :math:`\partial\hat x_i/\partial\sigma = -\hat x_i/\sigma` with
    :math:`\partial\sigma/\partial x = \hat x/n`: under the root, :math:`\mu` has no path of its own, as
    :math:`\sum_i (x_i - \mu) = 0`.
    """
    w, b = params.get(f"{name}.weight"), params.get(f"{name}.bias")
    x_hat, sigma = cache.x_hat, cache.sigma
    grads: dict[str, Array] = {}
    if w is not None and b is not None:
        dL_dw = (dL_dz * x_hat).sum(axis=-2).reshape(w.shape)
        dL_db = dL_dz.sum(axis=-2).reshape(b.shape)
        grads = {f"{name}.weight": dL_dw, f"{name}.bias": dL_db}
    if not wants_dL_dx:
        return None, grads
    dL_dx_hat = dL_dz
    if w is not None:
        dL_dx_hat = dL_dz * w
    direct = dL_dx_hat / sigma
    if cache.is_evaluated:
        return direct, grads
    n = x_hat.shape[-2]

    dL_dmu = -direct.sum(axis=-2, keepdims=True)
    through_mean = dL_dmu / n

    dx_hat_dsigma = -x_hat / sigma
    dL_dsigma = (dL_dx_hat * dx_hat_dsigma).sum(axis=-2, keepdims=True)
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
