"""What can still be said of a difference that has no name."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy import ndarray as Array

CLOSE = 1e-6  # relative


def constant_factor(own: Sequence[Array], reference: Sequence[Array]) -> float | None:
    """Return the number by which all own values are the reference's, where it is one and not 1."""
    mine = np.concatenate([np.ravel(value) for value in own]) if own else np.zeros(0)
    torch = np.concatenate([np.ravel(value) for value in reference]) if reference else np.zeros(0)
    with np.errstate(all="ignore"):
        there = np.isfinite(mine) & np.isfinite(torch) & (np.abs(torch) > 1e-6 * np.nanmax(np.abs(torch), initial=0.0))
        if there.sum() < 3:
            return None
        ratios = mine[there] / torch[there]
        factor = float(np.median(ratios))
        if factor == 0 or abs(factor - 1) < CLOSE or not np.isfinite(factor):
            return None
        return factor if (np.abs(ratios - factor) <= CLOSE * abs(factor)).all() else None


def named_factor(factor: float, known: Mapping[str, float]) -> str:
    """Say the factor in words: the number, and what of the known ones it equals."""
    sign = "−" if factor < 0 else ""
    for name, value in known.items():
        if np.isclose(abs(factor), value, rtol=CLOSE, atol=0):
            return f"{sign}{abs(factor):.6g}, which is {sign}{name}"
    return f"{sign}{abs(factor):.6g}"


def not_finite(own: Iterable[Array], reference: Iterable[Array]) -> bool:
    """Return whether own values are NaN or infinite where the reference's are not."""
    return any(
        bool((~np.isfinite(mine) & np.isfinite(torch)).any()) for mine, torch in zip(own, reference, strict=True)
    )
