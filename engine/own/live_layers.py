"""A dense layer of a person's in a run that goes on, in the place of the textbook's."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .layers import LayerProbe, OwnLayer, PassedLayer
from .live_part import LivePart
from .memory import Saved
from .unusable import Unusable

# Of a layer that updates itself its weights' way is their gradient. With a rate so large nothing of that is lost beside
# them; a power of 2, by which nothing is rounded.
FAR = {"float32": 2.0**60, "float64": 2.0**300}
NAMES = {"dL_dW": "the gradient of the weight", "dL_db": "the gradient of the bias", "dL_dx": "the gradient of x"}


class Kept(NamedTuple):
    """Hold what the way back needs of a forward pass; ``far`` is the pass of the object that goes far."""

    inputs: dict[str, Array]
    passed: PassedLayer
    far: PassedLayer | None


class LiveLayer(LivePart):
    """Be a dense layer of the textbook's: ``forward`` and ``backward``, with weights of a shape (out, in)."""

    _own: OwnLayer

    def __init__(self, own: OwnLayer, text: str, guard: Callable[[], Any], shape: tuple[int, int], dtype: str):
        super().__init__(own, text, guard)
        self._shape, self._rate = shape, FAR[dtype]

    def _instance(self) -> Any:
        """Return the code's object; of one that updates itself a second, whose weights go far."""
        out, inputs = self._shape
        zeros = {"x": np.zeros((1, inputs)), "W": np.zeros((out, inputs)), "b": np.zeros(out)}
        probe = LayerProbe({**zeros, "dL_dz": np.zeros((1, out))})
        far = self._own.instance(probe._replace(rate=self._rate)) if self._own.updates else None
        return self._own.instance(probe), far, self._rate

    def put(self, saved: Saved) -> None:
        """Stand where it stood; what goes far begins anew where it stood in another precision, with another rate."""
        super().put(saved)
        if self._thing[-1] != self._rate:
            self._thing = (self._thing[0], *self._called(self._instance)[1:])

    def forward(self, x: Array, params: Mapping[str, Array], name: str, _: Any) -> tuple[Array, Kept]:
        """Return z, and what the way back needs."""
        W = params[f"{name}.weight"]
        b = params.get(f"{name}.bias")
        z = np.empty((len(x), len(W)), W.dtype)
        inputs = {"x": x, "W": W, "b": np.zeros(len(W), W.dtype) if b is None else b, "dL_dz": z}
        one, far, _ = self._thing
        passed = self._called(lambda: self._own.forward(LayerProbe(inputs), one))
        passed_far = None
        if far is not None:
            with _unseen():
                passed_far = self._called(lambda: self._own.forward(LayerProbe(inputs), far))
        return self._fitting(passed.z, z, "the layer's output", "value"), Kept(inputs, passed, passed_far)

    def backward(
        self, dL_dz: Array, kept: Kept, params: Mapping[str, Array], name: str, _: Any, wants_dL_dx: bool = True
    ) -> tuple[Array | None, dict[str, Array]]:
        """Return the gradients of the input and of the parameters; the first layer's input wants none."""
        probe = LayerProbe({**kept.inputs, "dL_dz": dL_dz})
        found = self._called(lambda: self._own.backward(kept.passed, probe))
        if kept.far is not None:
            found = {**self._of_far(kept.far, probe), "dL_dx": found.get("dL_dx")}
        grads = {f"{name}.weight": self._gradient(found, "dL_dW", kept.inputs["W"])}
        if f"{name}.bias" in params:
            grads[f"{name}.bias"] = self._gradient(found, "dL_db", kept.inputs["b"])
        return (self._gradient(found, "dL_dx", kept.inputs["x"]) if wants_dL_dx else None), grads

    def _of_far(self, passed: PassedLayer, probe: LayerProbe) -> dict[str, Any]:
        """Return the gradients of a layer that updates itself, by how far it went."""
        with _unseen():
            return self._called(lambda: self._own.backward(passed, probe._replace(rate=self._rate)))

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
