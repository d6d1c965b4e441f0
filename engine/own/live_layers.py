"""A dense layer of a person's in a run that goes on, in the place of the textbook's."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .layers import LayerProbe, OwnLayer, PassedLayer
from .live_part import LivePart
from .unusable import Unusable

SAME = 8.0  # roundings: a way from elsewhere that is no farther from a way is the same
NAMES = {"dL_dW": "the gradient of the weight", "dL_db": "the gradient of the bias", "dL_dx": "the gradient of x"}


class Kept(NamedTuple):
    """Hold what the way back needs of a forward pass; ``beside`` is that of the second object."""

    inputs: dict[str, Array]
    passed: PassedLayer
    beside: PassedLayer | None


class LiveLayer(LivePart):
    """Be a dense layer of the textbook's: ``forward`` and ``backward``, with weights of a shape (out, in)."""

    _own: OwnLayer

    def __init__(self, own: OwnLayer, text: str, guard: Callable[[], Any], shape: tuple[int, int]):
        super().__init__(own, text, guard)
        self._shape = shape

    @property
    def own(self) -> OwnLayer:
        """Return what calls the code."""
        return self._own

    @property
    def shape(self) -> tuple[int, int]:
        return self._shape

    def _instance(self) -> Any:
        """Return the code's object; of one that updates itself a second, whose weights are 0 when it goes back."""
        out, inputs = self._shape
        zeros = {"x": np.zeros((1, inputs)), "W": np.zeros((out, inputs)), "b": np.zeros(out)}
        probe = LayerProbe({**zeros, "dL_dz": np.zeros((1, out))})
        return self._own.instance(probe), self._own.instance(probe) if self._own.updates else None

    def forward(self, x: Array, params: Mapping[str, Array], name: str, _: Any) -> tuple[Array, Kept]:
        """Return z, and what the way back needs."""
        W = params[f"{name}.weight"]
        b = params.get(f"{name}.bias")
        z = np.empty((len(x), len(W)), W.dtype)
        inputs = {"x": x, "W": W, "b": np.zeros(len(W), W.dtype) if b is None else b}
        one, second = self._thing
        passed = self._called(lambda: self._own.forward(LayerProbe(inputs), one))
        beside = None
        if second is not None:
            with _unseen():
                beside = self._called(lambda: self._own.forward(LayerProbe(inputs), second))
        return self._fitting(passed.z, z, "the layer's output", "value"), Kept(inputs, passed, beside)

    def backward(
        self, dL_dz: Array, kept: Kept, params: Mapping[str, Array], name: str, _: Any, wants_dL_dx: bool = True
    ) -> tuple[Array | None, dict[str, Array]]:
        """Return the gradients of the input and of the parameters; the first layer's input wants none."""
        probe = LayerProbe({**kept.inputs, "dL_dz": dL_dz})
        found = self._called(lambda: self._own.backward(kept.passed, probe))
        if kept.beside is not None:
            found = found | self._from_zero(kept.beside, probe, found)
        grads = {f"{name}.weight": self._gradient(found, "dL_dW", kept.inputs["W"])}
        if f"{name}.bias" in params:
            grads[f"{name}.bias"] = self._gradient(found, "dL_db", kept.inputs["b"])
        return (self._gradient(found, "dL_dx", kept.inputs["x"]) if wants_dL_dx else None), grads

    def _from_zero(self, passed: PassedLayer, probe: LayerProbe, found: Mapping[str, Array]) -> dict[str, Array]:
        """Return the gradients of a layer that updates itself: how far its weights go from 0, where none of it is lost.

        Where they go another way from there, as by a decay of their own, what was ``found`` is all that can be said.
        """
        zeros = {role: np.zeros_like(probe.inputs[role]) for role in ("W", "b")}
        probe_at_0 = LayerProbe({**probe.inputs, **zeros})
        with _unseen():
            self._called(lambda: self._own.fill(passed.thing, probe_at_0))
            at_0 = self._called(lambda: self._own.backward(passed, probe_at_0))
        weights = {"dL_dW": probe.inputs["W"], "dL_db": probe.inputs["b"]}
        return {role: at_0[role] for role, weight in weights.items() if is_same_way(at_0, found, role, weight)}

    def _gradient(self, found: Mapping[str, Any], role: str, like: Array) -> Array:
        if found.get(role) is None:
            raise Unusable(f"{NAMES[role]} does not come out")
        return self._fitting(found[role], like, NAMES[role], "slope")


@contextmanager
def _unseen() -> Iterator[None]:
    """Have nothing recorded of what is called for the sake of precision alone."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


def is_same_way(at_0: Mapping[str, Array], found: Mapping[str, Array], role: str, weight: Array) -> bool:
    """Return whether a weight goes the same way from 0 as from where it is, but for what is lost beside it."""
    if role not in at_0 or role not in found:
        return False
    way, other = found[role], at_0[role]
    with np.errstate(all="ignore"):
        lost = SAME * np.finfo(weight.dtype).eps * (np.abs(weight) + np.abs(way))
        return bool((~(np.abs(way - other) > lost)).all())
