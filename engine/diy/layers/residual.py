r"""A residual connection (He, Zhang, Ren and Sun, 2016, "Deep Residual Learning for Image Recognition", equation 1).

What is inside need only learn what to add: with :math:`f` the layers inside, one after another,

.. math:: z = x + f(x)

``x``, ``f(x)`` and ``z`` are shaped alike. A number of ``x`` moves the loss on two paths, which add up in the backward
pass: past :math:`f`, on the skip, as it is; and through :math:`f`. So however little comes back through :math:`f`, what
lies below is told at least what comes past it.

Torch has no module of it; there it is written as here, ``x + self.inside(x)``. Warning, where this departs from the
paper: that puts another relu behind the sum; a dense layer behind it, or none, as in most nets since, leaves the skip
as it is.
"""

from collections.abc import Mapping
from typing import NamedTuple

from numpy import ndarray as Array

from .. import network

TITLE = "Residual"
INSIDE = {"backward": ("through_skip", "through_inside")}
PATHS = ("through_skip", "through_inside")


class Inner(NamedTuple):
    layers: tuple[network.Layer, ...]  # inside, first layer first


class Cache(NamedTuple):
    caches: list[network.Cache]  # what each layer inside keeps
    buffers: dict[str, Array]


def shapes(inputs: tuple[int, ...], hyper: Inner) -> dict[str, tuple[int, ...]]:
    """Return no parameter: those of the layers inside are theirs."""
    return {}


def forward(x: Array, params: Mapping[str, Array], name: str, hyper: Inner) -> tuple[Array, Cache]:
    r"""Return :math:`z = x + f(x)`, and what the layers inside keep for their backward pass."""
    f_x, caches = network.forward(hyper.layers, params, x)
    z = x + f_x
    return z, Cache(caches, network.new_buffers(caches))


def evaluate(x: Array, params: Mapping[str, Array], name: str, hyper: Inner) -> tuple[Array, Cache]:
    r"""Return :math:`z = x + f(x)` with the layers inside evaluated."""
    f_x, caches = network.evaluate(hyper.layers, params, x)
    z = x + f_x
    return z, Cache(caches, {})


def backward(
    dL_dz: Array, cache: Cache, params: Mapping[str, Array], name: str, hyper: Inner, wants_dL_dx: bool = True
) -> tuple[Array | None, dict[str, Array]]:
    r"""Return the gradient of the input, two paths added up, and those of the parameters inside.

    :math:`\partial z/\partial x = 1` on the skip and :math:`\partial z/\partial f = 1`: both get what comes back.
    """
    grads: dict[str, Array] = {}
    dL_da = dL_dz  # of the last layer inside
    for layer, kept in zip(reversed(hyper.layers), reversed(cache.caches), strict=True):
        is_first = layer is hyper.layers[0]
        dL_da, layer_grads = network.layer_backward(layer, params, kept, dL_da, wants_dL_dx or not is_first)
        grads = {**layer_grads, **grads}
    if not wants_dL_dx:
        return None, grads
    through_skip = dL_dz
    through_inside = dL_da
    dL_dx = through_skip + through_inside
    return dL_dx, grads
