r"""A stack of layers: forward, and backward by the chain rule.

A layer computes :math:`z = x W^\top + b` and :math:`a = f(z)`, and hands :math:`a` on as the next layer's :math:`x`.
What is trained stands apart from the layers, by torch's names: ``params["layer1.weight"]``. Gradients have the
names of what they are the gradients of. What is neither trained nor made anew in each step, running averages, are
buffers; a forward pass finds them among ``params``. ``x`` is ``(rows, in)``, ``z`` and ``a`` are ``(rows, out)``.
"""

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from numpy import ndarray as Array

from .activations import Activation

Params = Mapping[str, Array]
Grads = dict[str, Array]
Cache = tuple[Any, Array, Array]  # what a layer keeps for its backward pass: the kind's own, z and a


class Layer(NamedTuple):
    """Hold a layer, whose ``name`` begins the names of its parameters.

    ``kind`` is one of the modules in ``layers``, and ``hyper`` that module's own ``Hyper``.
    """

    name: str
    kind: ModuleType
    activation: Activation
    hyper: Any = None


def layer_forward(layer: Layer, params: Params, x: Array) -> tuple[Array, Cache]:
    r"""Return :math:`a = f(z)`, and what the backward pass needs again."""
    z, kept = layer.kind.forward(x, params, layer.name, layer.hyper)
    a = layer.activation.f(z)
    return a, (kept, z, a)


def forward(layers: Sequence[Layer], params: Params, x: Array) -> tuple[Array, list[Cache]]:
    """Return the network's output, and what every layer keeps, first layer first."""
    caches: list[Cache] = []
    for layer in layers:
        x, cache = layer_forward(layer, params, x)
        caches.append(cache)
    return x, caches


def evaluate(layers: Sequence[Layer], params: Params, x: Array) -> tuple[Array, list[Cache]]:
    """Return what ``forward`` does, in evaluation: each row by itself, by what was learned from all batches."""
    caches: list[Cache] = []
    for layer in layers:
        through = getattr(layer.kind, "evaluate", layer.kind.forward)
        z, kept = through(x, params, layer.name, layer.hyper)
        x = layer.activation.f(z)
        caches.append((kept, z, x))
    return x, caches


def new_buffers(caches: Sequence[Cache]) -> dict[str, Array]:
    """Return the buffers that a forward pass leaves behind, by torch's names."""
    found = (getattr(kept, "buffers", {}) for kept, _, _ in caches)
    return {name: buffer for of_layer in found for name, buffer in of_layer.items()}


def layer_backward(
    layer: Layer, params: Params, cache: Cache, dL_da: Array, wants_dL_dx: bool = True
) -> tuple[Array, Grads]:
    r"""Return :math:`\partial L/\partial x` and the parameters' gradients, given :math:`\partial L/\partial a`."""
    kept, z, a = cache
    if layer.activation.back is None:
        da_dz = layer.activation.df(z, a)
        dL_dz = dL_da * da_dz
    else:  # each output depends on all z of its row
        dL_dz = layer.activation.back(dL_da, z, a)
    return layer.kind.backward(dL_dz, kept, params, layer.name, layer.hyper, wants_dL_dx)


def backward(layers: Sequence[Layer], params: Params, caches: Sequence[Cache], dL_da: Array) -> Grads:
    r"""Return the gradient of every parameter, first layer first, from the loss's :math:`\partial L/\partial a`."""
    grads: Grads = {}
    for layer, cache in zip(reversed(layers), reversed(caches), strict=True):
        is_first = layer is layers[0]
        # its x is the a of the layer below
        dL_da, layer_grads = layer_backward(layer, params, cache, dL_da, not is_first)
        grads = {**layer_grads, **grads}
    return grads
