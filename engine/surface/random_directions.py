r"""Two random directions, filter-normalised: Li, Xu, Taylor, Studer & Goldstein, "Visualizing the loss landscape of
neural nets", 2018.

Each filter (a unit's row of weights) of a Gaussian direction is scaled to the length of the same filter at the origin,
:math:`d_i \leftarrow \frac{d_i}{\lVert d_i \rVert} \lVert \theta_i \rVert`, so that large weights don't make a surface
look flat. Biases do not vary, as in the pictures of the paper (its code's ``--xignore biasbn``).
"""

from collections.abc import Mapping

import numpy as np
from numpy import ndarray as Array


def random_directions(origin: Array, shapes: Mapping[str, tuple[int, ...]], seed: int) -> tuple[Array, Array]:
    """Draw two directions (n,), the same for the same seed; unscaled where the origin has no finite weights."""
    rng = np.random.default_rng(seed)
    first, second = (scaled(rng.normal(size=origin.size), origin, shapes) for _ in range(2))
    return first, second


def scaled(direction: Array, origin: Array, shapes: Mapping[str, tuple[int, ...]]) -> Array:
    """Return the direction with each tensor's filters scaled to those at the origin, and biases at 0."""
    parts: list[Array] = []
    begin = 0
    for shape in shapes.values():
        end = begin + int(np.prod(shape))
        drawn, there = direction[begin:end].reshape(shape), origin[begin:end].reshape(shape)
        parts.append(filters_scaled(drawn, there).ravel() if len(shape) > 1 else np.zeros(end - begin))
        begin = end
    return np.concatenate(parts)


def filters_scaled(direction: Array, there: Array) -> Array:
    """Return the direction's filters with the lengths of those ``there``, along the last axis.

    A filter that is all zeros there has no length to be scaled to: it varies as it was drawn.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        length = np.linalg.norm(there, axis=-1, keepdims=True)
    drawn = np.linalg.norm(direction, axis=-1, keepdims=True)
    return direction * np.where(np.isfinite(length) & (length > 0), length / drawn, 1.0)
