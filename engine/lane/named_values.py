"""The names of what a recorded step of the textbook made: layer by layer, those inside a residual before it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from numpy import ndarray as Array

from engine.diy.network import Cache, Layer, Params
from engine.diy.step import Step
from engine.layer_names import owner_of
from engine.recording.stages import StepStages

from .functions import led_back
from .passes import in_order, inside_of, passes_in_order

Named = Iterator[tuple[str, Any]]


def made_inside(layers: Sequence[Layer], stages: StepStages) -> Named:
    """Yield what the layers' kinds made on the way, as far as torch has it as well."""
    for layer in in_order(layers):
        for role, variables in getattr(layer.kind, "INSIDE", {}).items():
            yield from stages.made_inside(role, layer.name, variables)


def forward_names(layers: Sequence[Layer], step: Step, recorded: Mapping[str, Any]) -> Named:
    """Name what the layers made on the way forwards."""
    for layer, (kept, z, a) in passes_in_order(layers, step.caches):
        yield from _inside(recorded, layer, "forward")
        yield f"{layer.name}.z", z
        if not inside_of(layer):
            yield from getattr(kept, "buffers", {}).items()
        yield from ((mask, recorded[mask]) for mask in (f"{layer.name}.mask",) if mask in recorded)
        yield f"{layer.name}.a", a


def backward_names(layers: Sequence[Layer], step: Step, params: Params, recorded: Mapping[str, Any]) -> Named:
    """Name what the layers made on the way back.

    Factors of the chain rule are no part of the Step: where no variable of that name was recorded, they are computed
    again.
    """
    back = _Backwards(step, params, recorded)
    yield from back.names(layers, step.caches, step.dL_da)


class _Backwards:
    def __init__(self, step: Step, params: Params, recorded: Mapping[str, Any]):
        self._step, self._params, self._recorded = step, params, recorded

    def names(self, layers: Sequence[Layer], caches: Sequence[Cache], dL_da: Array) -> Named:
        for place in range(len(layers) - 1, -1, -1):
            layer, cache = layers[place], caches[place]
            dL_da = self._recorded.get(f"{layer.name}.dL_da", dL_da)
            dL_dz = yield from self._factors(layer, cache, dL_da)
            if inside_of(layer):
                yield from self.names(inside_of(layer), cache[0].caches, dL_dz)
            yield from _inside(self._recorded, layer, "backward")
            own = (name for name in self._step.grads if owner_of(name) == layer.name)
            yield from ((f"{name}.grad", self._step.grads[name]) for name in own)
            if place and f"{layers[place - 1].name}.dL_da" not in self._recorded:
                dL_da, _ = layer.kind.backward(dL_dz, cache[0], self._params, layer.name, layer.hyper)

    def _factors(self, layer: Layer, cache: Cache, dL_da: Array):
        """Yield the activation's share, and return ∂L/∂z."""
        _, z, a = cache
        yield f"{layer.name}.dL_da", dL_da
        dL_dz = self._recorded.get(f"{layer.name}.dL_dz")
        if layer.activation.back is None:
            key = f"{layer.name}.da_dz"
            da_dz = self._recorded[key] if key in self._recorded else layer.activation.df(z, a)
            yield key, da_dz
            dL_dz = dL_da * da_dz if dL_dz is None else dL_dz
        elif dL_dz is None:
            dL_dz = led_back(layer.activation, dL_da, z, a)
        yield f"{layer.name}.dL_dz", dL_dz
        return dL_dz


def _inside(recorded: Mapping[str, Any], layer: Layer, role: str) -> Named:
    return ((name, value) for name, value in recorded.items() if name.startswith(f"{layer.name}.{role}."))
