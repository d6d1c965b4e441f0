"""How far two runs of a lane are apart: their losses step by step, and their weights."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array


class LossesApart(NamedTuple):
    """Say how far the losses of ``steps`` common steps are apart.

    ``first`` is the first step whose losses differ, None where they are equal bit for bit. ``largest`` is the largest
    |Δ|, infinite where one is no finite number and the other something else, and ``at`` the step of it.
    """

    steps: int
    first: int | None
    largest: float
    at: int | None


def losses_apart(then: Array, now: Array) -> LossesApart:
    """Compare the losses of two runs, each from step 1 on; NaN is equal to NaN."""
    steps = min(len(then), len(now))
    differs, apart = _differences(then[:steps], now[:steps])
    if not differs.any():
        return LossesApart(steps, None, 0.0, None)
    at = int(apart.argmax())
    return LossesApart(steps, int(differs.argmax()) + 1, float(apart[at]), at + 1)


def weights_apart(then: Mapping[str, Array], now: Mapping[str, Array]) -> dict[str, float | None]:
    """Return the largest |Δ| of each tensor by its name; None where one of them lacks it, or has another shape."""
    names = [*now, *(name for name in then if name not in now)]
    return {name: _weight_apart(then.get(name), now.get(name)) for name in names}


def _weight_apart(then: Array | None, now: Array | None) -> float | None:
    if then is None or now is None or then.shape != now.shape:
        return None
    return float(_differences(then.ravel(), now.ravel())[1].max(initial=0.0))


def _differences(then: Array, now: Array) -> tuple[Array, Array]:
    """Return where two arrays differ, and by how much."""
    first, other = np.asarray(then, float), np.asarray(now, float)
    differs = first != other
    if not differs.any():
        return differs, np.zeros(len(first))
    with np.errstate(invalid="ignore", over="ignore"):
        apart = np.abs(first - other)
    odd = np.isnan(apart)
    if odd.any():
        differs &= ~(np.isnan(first) & np.isnan(other))
        apart[odd] = np.where(differs[odd], np.inf, 0.0)
    return differs, apart
