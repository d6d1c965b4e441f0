r"""Layers that work along one axis, where a row has several: to them each place along the others is a row.

Of rows of words, ``(rows, words, numbers)``, a dense layer makes ``(rows, words, units)``: the same weights for each
word. So :math:`z = x W^\top + b` holds as it stands, of ``rows * words`` rows of numbers, and the gradient of
:math:`W` adds up over the words as it does over the rows.
"""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np
from numpy import ndarray as Array

INSIDE = {"forward": ("x_rows", "z_rows"), "backward": ("dL_dz_rows", "dL_dx_rows")}  # given to the kind, and made


class RowByRow:
    """Hold a kind of layer, and the axis of its input, rows being axis 0, along which it works."""

    def __init__(self, kind: ModuleType, axis: int):
        self.kind, self.axis = kind, axis
        own = getattr(kind, "INSIDE", {})
        self.INSIDE = {role: (first, *own.get(role, ()), last) for role, (first, last) in INSIDE.items()}

    def forward_rows(self, x: Array, params: Mapping[str, Array], name: str, hyper: Any) -> tuple[Array, Any]:
        """Return what the kind makes of each row, in the shape of ``x``, and what its backward pass needs again."""
        x_rows = as_rows(x, self.axis)
        z_rows, cache = self.kind.forward(x_rows, params, name, hyper)
        z = from_rows(z_rows, x, self.axis)
        return z, cache

    def evaluate(self, x: Array, params: Mapping[str, Array], name: str, hyper: Any) -> tuple[Array, Any]:
        """Return what ``forward_rows`` does, in evaluation."""
        through = getattr(self.kind, "evaluate", self.kind.forward)
        x_rows = as_rows(x, self.axis)
        z_rows, cache = through(x_rows, params, name, hyper)
        z = from_rows(z_rows, x, self.axis)
        return z, cache

    def backward_rows(
        self,
        dL_dz: Array,
        cache: Any,
        params: Mapping[str, Array],
        name: str,
        hyper: Any,
        wants_dL_dx: bool = True,
    ) -> tuple[Array | None, dict[str, Array]]:
        """Return the gradients of the input, in the shape of ``dL_dz``, and of the parameters."""
        dL_dz_rows = as_rows(dL_dz, self.axis)
        dL_dx_rows, grads = self.kind.backward(dL_dz_rows, cache, params, name, hyper, wants_dL_dx)
        if dL_dx_rows is None:
            return None, grads
        dL_dx = from_rows(dL_dx_rows, dL_dz, self.axis)
        return dL_dx, grads

    forward, backward = forward_rows, backward_rows


def as_rows(x: Array, axis: int) -> Array:
    """Return ``x`` as a matrix, whose columns are those along the axis: ``(rows * places, columns)``."""
    last = np.moveaxis(x, axis, -1)
    return last.reshape(-1, last.shape[-1])


def from_rows(z: Array, like: Array, axis: int) -> Array:
    """Return such a matrix in the shape of ``like``, but for the axis, which has as many as ``z`` has columns."""
    last = np.moveaxis(like, axis, -1)
    return np.moveaxis(z.reshape(*last.shape[:-1], -1), -1, axis)
