"""The largest terms in a normalization, whose numbers cancel: what is subtracted counts, not what is left of it.

With s the size of what a row is the difference of, and σ what it is divided by, a normalized number is made of s/σ,
and each of the paths of its gradient of the magnitudes that are added up on it.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

Terms = dict[str, Array]
ROW, BATCH = -1, 0


class Norm(NamedTuple):
    """Say how a kind normalizes: along which axis, and by which variable of its file.

    ``power``: of one over the divisor, by which torch multiplies on the way through it.
    """

    axis: int
    divisor: str
    is_centered: bool
    power: int


NORMS = {
    "LayerNorm": Norm(ROW, "sigma", is_centered=True, power=3),
    "RMSNorm": Norm(ROW, "rho", is_centered=False, power=3),
    "BatchNorm1d": Norm(BATCH, "sigma", is_centered=True, power=2),
}


def _of_sum(count: int) -> float:
    return max(1.0, count / 8)


def forward_terms(norm: Norm, given: Mapping[str, Array], found: Mapping[str, Array], dtype: Any) -> Terms:
    """Return the terms of a layer's forward pass by role; ``given`` and ``found`` are magnitudes.

    Where all squares together are larger than any number of ``dtype`` they are without end: torch adds up in a wider
    precision than it keeps.
    """
    x, divisor, axis = given["x"], found[norm.divisor], norm.axis
    mean = x.mean(axis=axis, keepdims=True) * _of_sum(x.shape[axis]) if norm.is_centered else np.zeros(())
    size = x + mean + np.finfo(dtype).tiny  # below the normal numbers all are rounded as the least of these is
    squares = (size * size).sum(axis=axis, keepdims=True, dtype=np.float64)
    endless = np.where(squares < np.finfo(dtype).max, 0.0, np.inf)
    # a root of a mean of squares moves with each of them as much as that is of it
    moved = divisor + (found["x_hat"] * size).mean(axis=axis, keepdims=True) * _of_sum(x.shape[axis])
    x_hat = np.maximum(size / divisor, found["x_hat"]) + found["x_hat"] * moved / divisor
    z = x_hat * given["weight"] if "weight" in given else x_hat
    terms = {norm.divisor: moved, "x_hat": x_hat, "z": z + given["bias"] if "bias" in given else z}
    terms |= {"mu": mean, "c": size, "var": moved * divisor} if norm.is_centered else {}
    terms = {role: value + endless for role, value in terms.items()}
    return {**terms, **_running(given, terms)} if "running_mean" in given else terms


def _running(given: Mapping[str, Array], terms: Terms) -> Terms:
    """Return the terms of running averages: of what they were and of what is averaged."""
    n = len(given["x"])
    mean, var = given["running_mean"] + terms["mu"], given["running_var"] + terms["var"] * n / (n - 1)
    return {"running_mean": mean[0], "running_var": var[0], "num_batches_tracked": given["num_batches_tracked"]}


def backward_terms(norm: Norm, given: Mapping[str, Array], found: Mapping[str, Array], dtype: Any) -> Terms:
    """Return the terms of a layer's backward pass by role.

    What goes through the divisor is lost in torch where its power there is below the normal numbers: it is without end.
    """
    forward, axis, dL_dz = forward_terms(norm, given, found, dtype), norm.axis, given["dL_dz"]
    divisor, x_hat, rows = found[norm.divisor], forward["x_hat"], _of_sum(len(dL_dz))
    more = _of_sum(dL_dz.shape[axis])
    least = np.finfo(dtype).tiny
    dL_dx_hat = (dL_dz * given["weight"] if "weight" in given else dL_dz) + least
    direct = dL_dx_hat / divisor * (forward[norm.divisor] / divisor)
    to_divisor = (direct * x_hat).sum(axis=axis, keepdims=True) * more
    # on the way to x it is once divided too often, and multiplied by x: what is lost below the normal numbers grows
    through = to_divisor * x_hat / dL_dz.shape[axis] + least * forward.get("c", given["x"])
    in_torch = np.where(divisor**norm.power * least < 1, through, np.inf)
    terms = {"dL_dx_hat": dL_dx_hat, "direct": direct, f"dL_d{norm.divisor}": to_divisor}
    terms |= {
        "weight": (dL_dz * x_hat + least / np.minimum(divisor, 1)).sum(axis=0) * rows,
        "bias": dL_dz.sum(axis=0) * rows,
    }
    if not norm.is_centered:
        return _without_gaps({**terms, "through_square": through, "dL_dx": direct + in_torch})
    to_mean = direct.sum(axis=axis, keepdims=True) * more
    through_mean = to_mean / dL_dz.shape[axis]
    terms |= {"dL_dmu": to_mean, "through_mean": through_mean, "through_variance": through}
    return _without_gaps({**terms, "dL_dx": direct + through_mean + in_torch})


def _without_gaps(terms: Terms) -> Terms:
    """Return terms in which 0 times what is without end is without end as well."""
    return {role: np.where(np.isnan(value), np.inf, value) for role, value in terms.items()}
