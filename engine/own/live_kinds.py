"""A layer of a person's of another kind than the dense one, in a run that goes on, in the place of the textbook's."""

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .kind_forms import CALLED, GRADIENTS, RUNNING, WEIGHTS, KindProbe, PassedKind
from .kind_layers import OwnKindLayer
from .live_part import LivePart
from .plain_memory import Context
from .unusable import Unusable

COUNTED, MASK = "num_batches_tracked", "mask"
BEGUN = 2  # rows of what an object is made with
NAMES = {"dL_dw": "the gradient of the weight", "dL_db": "the gradient of the bias", "dL_dx": "the gradient of x"}
Params = Mapping[str, Array]


class Place(NamedTuple):
    """Describe the place that own code stands in.

    ``textbook`` is the kind's module, ``kind`` its name; ``inputs`` shapes a row; ``weights`` are the trained ones'
    shapes.
    """

    textbook: ModuleType
    kind: str
    inputs: tuple[int, ...]
    weights: Mapping[str, tuple[int, ...]]


class Kept(NamedTuple):
    """Hold what the way back needs of a forward pass. ``buffers`` are the new running averages, as the textbook's."""

    probe: KindProbe
    passed: PassedKind
    config: dict[str, Any]
    buffers: Mapping[str, Array]


class LiveKind(LivePart):
    """Be a layer of the textbook's: ``forward``, ``evaluate`` and ``backward``. ``settings`` are by the code's names.

    Running averages are the code's own; where it keeps none, or cannot be told that it is evaluated, the textbook's
    stand in for them.
    """

    _own: OwnKindLayer

    def __init__(
        self, own: OwnKindLayer, text: str, guard: Callable[[], Any], place: Place, settings: Mapping[str, float]
    ):
        super().__init__(own, text, guard)
        self._place, self._settings = place, dict(settings)
        self._has_mode = own.has_mode

    @property
    def own(self) -> OwnKindLayer:
        """Return what calls the code."""
        return self._own

    @property
    def place(self) -> Place:
        return self._place

    def _instance(self) -> Any:
        """Return the code's object, if it is a class, and the config that it keeps."""
        probe = self.begun()
        return self._own.instance(probe), self._own.config(probe)

    def _context(self) -> Context:
        return Context(self._own.module, new_config=lambda: self._own.config(self.begun()))

    def begun(self) -> KindProbe:
        """Return what an object is made with."""
        place = self._place
        x = np.zeros((BEGUN, *place.inputs), np.int64 if place.kind == "Embedding" else np.float64)
        given = {name: np.ones(shape) for name, shape in place.weights.items()}
        return self.probe(x, given, np.ones(1))

    def probe(self, x: Array, given: Params, like: Array) -> KindProbe:
        """Ask with weights by torch's names; of those that are not trained here with what changes nothing."""
        called = CALLED[self._place.kind]
        width = x.shape[-1]
        if called == "embedding":
            x = x.astype(np.int64)  # rows may come as floats, whole as they are
        nothing = {"weight": np.ones, "bias": np.zeros}
        weights = {name: given[name] if name in given else nothing[name](width, like.dtype) for name in WEIGHTS[called]}
        others = {name: given[name] for name in (*RUNNING, MASK) if name in given}
        return KindProbe(called, {"x": x, **weights, **others}, self._settings)

    def _asked(self, x: Array, params: Params, name: str) -> tuple[KindProbe, dict[str, Any]]:
        """Return what a pass is asked with, and the config that it is handed."""
        given = {key.removeprefix(f"{name}."): value for key, value in params.items() if key.startswith(f"{name}.")}
        floats = [value for value in (x, *given.values()) if value.dtype.kind == "f"]
        probe = self.probe(x, given, floats[0])
        _, config = self._thing
        config.update(self._own.config(probe))
        return probe, config

    def forward(self, x: Array, params: Params, name: str, hyper: Any) -> tuple[Array, Any]:
        """Return z, and what the way back needs; without a mask a dropout lets all be."""
        if hasattr(self._place.textbook, "mask_share") and f"{name}.{MASK}" not in params:
            return self._place.textbook.evaluate(x, params, name, hyper)
        probe, config = self._asked(x, params, name)
        thing, _ = self._thing
        passed = self._called(lambda: self._own.forward(probe, thing, config))
        buffers = self._buffers(passed, x, params, name, hyper)
        return self._fitting(passed.z, self._like(probe), "the layer's output", "value"), Kept(
            probe, passed, config, buffers
        )

    def _like(self, probe: KindProbe) -> Array:
        """Return an array shaped as z, in the run's precision."""
        x = probe.inputs["x"]
        if probe.kind == "embedding":
            table = probe.inputs["weight"]
            return np.empty((*x.shape, table.shape[1]), table.dtype)
        return x.reshape(len(x), -1) if probe.kind == "flatten" else x

    def _buffers(self, passed: PassedKind, x: Array, params: Params, name: str, hyper: Any) -> dict[str, Array]:
        """Return the running averages after a pass by torch's names: the code's own, else the textbook's."""
        if f"{name}.{COUNTED}" not in params:
            return {}
        if not passed.running:
            _, cache = self._place.textbook.forward(x, params, name, hyper)
            return dict(cache.buffers)
        new = {
            f"{name}.{role}": self._fitting(value, params[f"{name}.{role}"], f"the {role}", "value")
            for role, value in passed.running.items()
        }
        return {**new, f"{name}.{COUNTED}": params[f"{name}.{COUNTED}"] + 1}

    def evaluate(self, x: Array, params: Params, name: str, hyper: Any) -> tuple[Array, Any]:
        """Return z where it is evaluated: by the code, where it can be told so, else by the textbook."""
        textbook = self._place.textbook
        if not self._has_mode and hasattr(textbook, "evaluate"):
            return textbook.evaluate(x, params, name, hyper)
        probe, config = self._asked(x, params, name)
        thing, _ = self._thing
        z = self._called(lambda: self._own.evaluate(probe, thing, config))
        return self._fitting(z, self._like(probe), "the layer's output", "value"), None

    def backward(
        self, dL_dz: Array, kept: Any, params: Params, name: str, hyper: Any, wants_dL_dx: bool = True
    ) -> tuple[Array | None, dict[str, Array]]:
        """Return the gradients of the input and of the parameters; the first layer's input wants none."""
        if not isinstance(kept, Kept):
            return self._place.textbook.backward(dL_dz, kept, params, name, hyper, wants_dL_dx)
        probe = kept.probe._replace(inputs={**kept.probe.inputs, "dL_dz": dL_dz})
        found = self._called(lambda: self._own.backward(kept.passed, probe, kept.config))
        grads = {
            f"{name}.{weight}": self._gradient(found, role, params[f"{name}.{weight}"])
            for weight, role in GRADIENTS.items()
            if f"{name}.{weight}" in params
        }
        return (self._gradient(found, "dL_dx", kept.probe.inputs["x"]) if wants_dL_dx else None), grads

    def _gradient(self, found: Mapping[str, Any], role: str, like: Array) -> Array:
        if found.get(role) is None:
            raise Unusable(f"{NAMES[role]} does not come out")
        return self._fitting(found[role], like, NAMES[role], "slope")
