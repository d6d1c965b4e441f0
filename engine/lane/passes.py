"""A network's passes layer by layer, in the order in which layers run: those inside a residual before it."""

from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple

from numpy import ndarray as Array

from engine.diy.network import Cache, Grads, Layer, Params

from .functions import led_back


class Passed(NamedTuple):
    """Hold what a layer made of its input, and what came back of it; ``grads`` are of its own parameters."""

    layer: Layer
    z: Array
    a: Array
    dL_da: Array
    dL_dz: Array
    grads: Grads


def inside_of(layer: Layer) -> tuple[Layer, ...]:
    """Return the layers inside a layer; none but of a residual."""
    return getattr(layer.hyper, "layers", ())


def in_order(layers: Sequence[Layer]) -> Iterator[Layer]:
    """Yield layers in the order in which they run."""
    for layer in layers:
        yield from in_order(inside_of(layer))
        yield layer


def passes_in_order(layers: Sequence[Layer], caches: Sequence[Cache]) -> Iterator[tuple[Layer, Cache]]:
    """Yield each layer with what it keeps, in the order in which they run."""
    for layer, cache in zip(layers, caches, strict=True):
        if inside_of(layer):
            yield from passes_in_order(inside_of(layer), cache[0].caches)
        yield layer, cache


def passes_back(
    layers: Sequence[Layer], params: Params, caches: Sequence[Cache], dL_da: Array, wants_dL_dx: bool = False
) -> Generator[Passed, None, Array]:
    """Yield each layer's pass, the last one first, and return the gradient of the input where it is wanted."""
    for place in range(len(layers) - 1, -1, -1):
        layer, (kept, z, a) = layers[place], caches[place]
        wants, dL_dz = wants_dL_dx or place > 0, led_back(layer.activation, dL_da, z, a)
        if inside_of(layer):
            yield Passed(layer, z, a, dL_da, dL_dz, {})
            through_inside = yield from passes_back(inside_of(layer), params, kept.caches, dL_dz, wants)
            dL_da = dL_dz + through_inside if wants else dL_dz
        else:
            dL_dx, grads = layer.kind.backward(dL_dz, kept, params, layer.name, layer.hyper, wants)
            yield Passed(layer, z, a, dL_da, dL_dz, grads)
            dL_da = dL_dx
    return dL_da
