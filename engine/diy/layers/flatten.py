r"""Flatten: the numbers of a row one after another, whatever axes they had, last axis fastest.

``x`` is ``(rows, …)``, ``z`` is ``(rows, n)`` with :math:`n` the numbers of a row. Nothing is computed: each number
goes on as it is, and each gradient comes back to where its number stood.
"""

from collections.abc import Mapping
from math import prod
from typing import Any, NamedTuple

from numpy import ndarray as Array

TORCH = "torch.nn.Flatten"
TITLE = "Flatten"
ONE_NETWORK = True


class Cache(NamedTuple):
    shape: tuple[int, ...]


def torch_arguments(inputs: tuple[int, ...], hyper: Any) -> dict[str, Any]:
    """Return no keyword arguments: torch's defaults leave the rows and flatten all that is behind them."""
    return {}


def shapes(inputs: tuple[int, ...], hyper: Any) -> dict[str, tuple[int, ...]]:
    """Return no parameter: nothing is trained."""
    return {}


def output_shape(inputs: tuple[int, ...], hyper: Any) -> tuple[int, ...]:
    """Return the shape of a row of ``z``."""
    return (prod(inputs),)


def forward(x: Array, params: Mapping[str, Array], name: str, hyper: Any) -> tuple[Array, Cache]:
    """Return the numbers of each row one after another, and the shape that they had."""
    z = x.reshape(len(x), -1)
    return z, Cache(x.shape)


def backward(
    dL_dz: Array, cache: Cache, params: Mapping[str, Array], name: str, hyper: Any, wants_dL_dx: bool = True
) -> tuple[Array | None, dict[str, Array]]:
    r"""Return the gradient of the input, :math:`\partial z/\partial x = 1` of each number; there are no parameters."""
    if not wants_dL_dx:
        return None, {}
    dL_dx = dL_dz.reshape(cache.shape)
    return dL_dx, {}
