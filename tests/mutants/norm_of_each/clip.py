"""Clipping by the norm of each parameter's own gradient, in place of all together."""

import numpy as np

from engine.diy.clip import total_norm
from engine.diy.network import Grads


def clip_by_norm(grads: Grads, max_norm: float) -> Grads:
    clipped: Grads = {}
    for name, g in grads.items():
        scale = np.minimum(max_norm / (total_norm({name: g}) + 1e-6), 1)
        g = scale * g  # mistake
        clipped[name] = g
    return clipped
