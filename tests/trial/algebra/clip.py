"""Clipping, with the norm taken otherwise."""

from typing import Any

import numpy as np

from engine.diy.clip import total_norm
from engine.diy.network import Gradient

from . import instead_of

FILE = "clip.py"


@instead_of(FILE, "total_norm", "clip norm", "clip square", "clip of a point")
def norm_of_scaled_numbers(gradients: Any) -> Any:
    """Overflows no sooner than the norm itself, as ``math.hypot``."""
    flat = np.concatenate([g for pair in gradients for g in pair if g is not None], axis=None)
    largest = np.abs(flat).max()
    if largest == 0:
        return largest
    return largest * np.sqrt(np.square(flat / largest).sum())


@instead_of(FILE, "total_norm", "clip norm", "clip square", "clip of a point")
def norm_of_norms(gradients: Any) -> Any:
    return np.linalg.norm(np.array([np.linalg.norm(g) for pair in gradients for g in pair if g is not None]))


@instead_of(FILE, "clip_by_norm", "clip norm", "clip square", "clip of a point")
def clip_where_too_long(gradients: Any, max_norm: float) -> Any:
    length = total_norm(gradients) + 1e-6
    if length <= max_norm:
        return list(gradients)
    return [Gradient(g / length * max_norm, None if b is None else b / length * max_norm) for g, b in gradients]


@instead_of(FILE, "clip_by_value", "clip value")
def clip_by_max_of_min(gradients: Any, limit: float) -> Any:
    def within(g: Any) -> Any:
        return None if g is None else np.maximum(-limit, np.minimum(g, limit))

    return [Gradient(within(dL_dW), within(dL_db)) for dL_dW, dL_db in gradients]
