"""Data for innocents: ordinary, and of every kind that floating point is known to be bad at."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.spec import target_of

Draw = np.random.Generator
Kind = Callable[[Draw, Array, str], Array]  # of normal numbers, rows × inputs


def _ordinary(_: Draw, x: Array, __: str) -> Array:
    return x


def _scaled(draw: Draw, x: Array, _: str) -> Array:
    return x * 10 ** draw.uniform(-30, 30)


def _scaled_column_by_column(draw: Draw, x: Array, _: str) -> Array:
    return x * 10 ** draw.uniform(-6, 6, x.shape[1])


def _denormal(_: Draw, x: Array, dtype: str) -> Array:
    return x * (1e-40 if dtype == "float32" else 1e-310)


def _constant_column(draw: Draw, x: Array, _: str) -> Array:
    x[:, draw.integers(x.shape[1])] = draw.normal()
    return x


def _tiny_spread(draw: Draw, x: Array, _: str) -> Array:
    """Spread about a large mean: what is summed up cancels."""
    return 10 ** draw.uniform(1, 5) + x * 10 ** draw.uniform(-6, -1)


def _tied(_: Draw, x: Array, __: str) -> Array:
    return np.rint(x)


def _duplicated(_: Draw, x: Array, __: str) -> Array:
    return np.repeat(x[: (len(x) + 1) // 2], 2, axis=0)[: len(x)]


def _zero(_: Draw, x: Array, __: str) -> Array:
    return np.zeros_like(x)


def _opposed(_: Draw, x: Array, __: str) -> Array:
    """Rows and their negatives, so that gradients of right code are 0 but for rounding."""
    half = x[: (len(x) + 1) // 2]
    return np.concatenate((half, -half))[: len(x)]


KINDS: tuple[Kind, ...] = (
    *(_ordinary, _ordinary, _ordinary),
    *(_scaled, _scaled_column_by_column, _denormal, _constant_column, _tiny_spread),
    *(_tied, _duplicated, _zero, _opposed),
)


def drawn_data(draw: Draw, outputs: int, loss: str, dtype: str) -> dict[str, Any]:
    """Draw rows of inputs of some kind, and targets that suit the loss: ``data`` of an experiment's file."""
    rows, inputs = int(draw.integers(1, 25)), int(draw.integers(1, 17))
    if draw.random() < 0.1:
        rows = 1
    if draw.random() < 0.1:
        inputs = 1
    kind = KINDS[int(draw.integers(len(KINDS)))]
    x = kind(draw, draw.normal(size=(rows, inputs)), dtype)
    return {"x": x.tolist(), "y": _targets(draw, rows, outputs, loss, dtype)}


def _targets(draw: Draw, rows: int, outputs: int, loss: str, dtype: str) -> list[Any]:
    if target_of(loss) == "classes":
        return draw.integers(0, outputs, rows).tolist()
    if target_of(loss) == "probabilities":
        share = draw.uniform(size=(rows, outputs))
        return (np.rint(share) if draw.random() < 0.5 else share).tolist()
    kind = KINDS[int(draw.integers(len(KINDS)))]
    return kind(draw, draw.normal(size=(rows, outputs)), dtype).tolist()
