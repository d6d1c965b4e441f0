"""What torch's modules hide: the values inside a layer and its backward pass, made by torch's own operations.

A module stays what a step runs. Beside it, from the same input, the layer is made again in the open, where autograd
can be asked for what lies between: the paths on which a number of the input moves the output, each by itself.
"""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

Tensors = dict[str, Tensor]


def inside(kind: str, hyper: Any, given: Mapping[str, Tensor], axis: int | None = None) -> Tensors:
    """Return values inside a layer by the names of its file's variables; none where the kind has none.

    ``given``: the layer's ``x`` and parameters by torch's names, and ``dL_dz`` for those of the backward pass.
    ``axis``: the one along which it works, where a row has several: ``engine.diy.rows``.
    """
    made = _KINDS.get(kind)
    if made is None:
        return {}
    rows = {role: as_rows(given[role], axis) for role in ("x", "dL_dz") if axis is not None and role in given}
    with torch.enable_grad():
        return {name: value.detach() for name, value in made({**given, **rows}, hyper).items()}


def rows_of(axis: int | None, values: Mapping[str, Tensor | None]) -> Tensors:
    """Return what ``engine.diy.rows`` makes of a layer's values, by its names; nothing where there is no such axis."""
    if axis is None:
        return {}
    return {f"{role}_rows": as_rows(value.detach(), axis) for role, value in values.items() if value is not None}


def as_rows(x: Tensor, axis: int) -> Tensor:
    """Return ``x`` as a matrix, whose columns are those along the axis."""
    last = x.movedim(axis, -1)
    return last.reshape(-1, last.shape[-1])


def _ways(x: Tensor, count: int) -> list[Tensor]:
    """Return the input as often as it has paths to the output, each a leaf of its own."""
    return [x.detach().clone().requires_grad_() for _ in range(count)]


def _led_back(given: Tensors, x_hat: Tensor, beside: Tensors) -> Tensors:
    """Return how the loss changes with what was normalized, and with other values of the forward pass."""
    if "dL_dz" not in given:
        return {}
    weight = given.get("weight")
    z = x_hat if weight is None else x_hat * weight.detach()
    gradients = torch.autograd.grad(z, [x_hat, *beside.values()], given["dL_dz"])
    return dict(zip(("dL_dx_hat", *beside), gradients, strict=True))


def _layer_norm(given: Tensors, hyper: Any) -> Tensors:
    return _centered(given, hyper.eps, axis=-1)


def _centered(given: Tensors, eps: float, axis: int) -> Tensors:
    """Normalize along an axis by mean and biased variance."""
    direct, by_mean, by_variance = _ways(given["x"], 3)
    mu = by_mean.mean(axis, keepdim=True)
    c = direct - mu
    var = by_variance.var(axis, keepdim=True, unbiased=False)
    sigma = (var + eps).sqrt()
    x_hat = c / sigma
    paths = {"direct": direct, "through_mean": by_mean, "through_variance": by_variance}
    back = _led_back(given, x_hat, {**paths, "dL_dmu": mu, "dL_dsigma": sigma})
    if back:  # which is the same for all that the mean is of
        back["through_mean"] = back["through_mean"].narrow(axis, 0, 1)
    return {"mu": mu, "c": c, "var": var, "sigma": sigma, "x_hat": x_hat, **back}


def _rms_norm(given: Tensors, hyper: Any) -> Tensors:
    direct, by_square = _ways(given["x"], 2)
    eps = torch.finfo(direct.dtype).eps if hyper.eps is None else hyper.eps
    rho = (by_square.square().mean(-1, keepdim=True) + eps).sqrt()
    x_hat = direct / rho
    back = _led_back(given, x_hat, {"direct": direct, "dL_drho": rho, "through_square": by_square})
    return {"rho": rho, "x_hat": x_hat, **back}


def _batch_norm(given: Tensors, hyper: Any) -> Tensors:
    return _centered(given, hyper.eps, axis=0)


_KINDS: Mapping[str, Callable[[Tensors, Any], Tensors]] = {
    "LayerNorm": _layer_norm,
    "RMSNorm": _rms_norm,
    "BatchNorm1d": _batch_norm,
}
