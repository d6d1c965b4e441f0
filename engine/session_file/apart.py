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


def losses_apart(then: Array, now: Array, at: Array | None = None) -> LossesApart:
    """Compare the losses of two runs, each from step 1 on; NaN is equal to NaN.

    ``at``: the steps that those of ``then`` are of, in order, where they are not of all: only they are compared.
    """
    if at is not None:
        at = at[at <= len(now)]
        then, now = then[: len(at)], now[at - 1]
    count = min(len(then), len(now))
    steps = count if at is None else int(at[-1]) if len(at) else 0
    differs, apart = _differences(then[:count], now[:count])
    if not differs.any():
        return LossesApart(steps, None, 0.0, None)
    first, most = (int(place) + 1 if at is None else int(at[place]) for place in (differs.argmax(), apart.argmax()))
    return LossesApart(steps, first, float(apart.max()), most)


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
