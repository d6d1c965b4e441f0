"""Clipping by the norm of each layer's own gradients, in place of all together."""

from collections.abc import Sequence

import numpy as np

from engine.diy.clip import total_norm
from engine.diy.network import Gradient


def clip_by_norm(gradients: Sequence[Gradient], max_norm: float) -> list[Gradient]:
    clipped: list[Gradient] = []
    for pair in gradients:
        dL_dW, dL_db = pair
        scale = np.minimum(max_norm / (total_norm([pair]) + 1e-6), 1)
        dL_dW = scale * dL_dW  # mistake
        if dL_db is not None:
            dL_db = scale * dL_db
        clipped.append(Gradient(dL_dW, dL_db))
    return clipped
