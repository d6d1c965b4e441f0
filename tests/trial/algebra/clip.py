"""Clipping, with the norm taken otherwise."""

from typing import Any

import numpy as np

from engine.diy.clip import total_norm

from . import instead_of

FILE = "clip.py"


@instead_of(FILE, "total_norm", "clip norm", "clip square", "clip of a point")
def norm_of_scaled_numbers(grads: Any) -> Any:
    """Overflows no sooner than the norm itself, as ``math.hypot``."""
    flat = np.concatenate([*grads.values()], axis=None)
    largest = np.abs(flat).max()
    if largest == 0:
        return largest
    return largest * np.sqrt(np.square(flat / largest).sum())


@instead_of(FILE, "total_norm", "clip norm", "clip square", "clip of a point")
def norm_of_norms(grads: Any) -> Any:
    return np.linalg.norm(np.array([np.linalg.norm(g) for g in grads.values()]))


@instead_of(FILE, "clip_by_norm", "clip norm", "clip square", "clip of a point")
def clip_where_too_long(grads: Any, max_norm: float) -> Any:
    length = total_norm(grads) + 1e-6
    if length <= max_norm:
        return dict(grads)
    return {name: g / length * max_norm for name, g in grads.items()}


@instead_of(FILE, "clip_by_value", "clip value")
def clip_by_max_of_min(grads: Any, limit: float) -> Any:
    return {name: np.maximum(-limit, np.minimum(g, limit)) for name, g in grads.items()}
