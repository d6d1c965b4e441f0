"""What a person's own norm or embedding is like, and what a NumPy script makes of it before the first step."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.own.kind_forms import GRADIENTS, RUNNING, WEIGHTS, KindProbe, PassedKind
from engine.own.kind_layers import OUT, OwnKindLayer
from engine.own.kind_mode import METHODS, as_mode, modes_of
from engine.own.kind_objects import arrays_in, gradient_name
from engine.own.live_kinds import LiveKind
from engine.own.stand_ins import NOTHING
from engine.own.subjects import FORWARD, first_method
from engine.spec import ShapedLayer

from .literals import value_text
from .own_form import tensor_text
from .own_functions import Code
from .own_layers import BIASES

ROWS = 3


class Text(str):
    """Be the code of an argument, among such as are values."""

    __slots__ = ()


class KindSeen:
    """See what each way of a layer gives, and write the lines that are ``made`` before: its object and its config.

    What its variables end with is ``label``; ``floats``: what it looks up comes as floats.
    """

    def __init__(self, live: LiveKind, code: Code, layer: ShapedLayer, label: str, *, floats: bool):
        self._own: OwnKindLayer = live.own
        self._subject, self._calls, self._o = self._own.subject, self._own.calls, self._own.orientation
        self._code, self._layer, self._label = code, layer, label
        self._name, self._floats = layer.name, floats
        self._settings = live.begun().settings
        self._is_class, self._object = isinstance(self._subject.forward, type), f"own{label}"
        self._averages = {role: f"{layer.name}.{role}" for role in RUNNING if role in layer.buffers}
        if self._o.tensors:
            code.files.imports.add("import torch")
        self._see(live)

    # --- what it is like --------------------------------------------------------------------------

    def _see(self, live: LiveKind) -> None:
        """Find out what each way gives."""
        self._own.begin()
        with np.errstate(all="ignore"):
            self._made = list(self._made_lines(live.begun())) if self._is_class else []
            probe = self._sample(live)
            self._thing, config = self._own.instance(live.begun()), self._own.config(probe)
            self._config = self._config_text(probe)
            self._own.begin()
            if self._thing is not None:
                self._own.arrays.fill(self._thing, probe)
            self._forward, handed = self._own.through(self._thing, probe, config, training=True)
            out, cache, self._known = self._calls.sorted_out(self._forward)
            self._attribute = "" if out is not None else held_name(self._thing, OUT)
            self._out = getattr(self._thing, self._attribute) if self._attribute else out
            passed = PassedKind(self._o.x_back(self._out), cache, self._known, self._thing)
            self._backward = self._own.back(passed, probe, config)
            self._places = list(self._own.places(self._backward, probe)) if self._backward is not None else []
            self._is_moved = self._thing is not None and bool(list(self._moved()))
        self._takes_averages = any(self._calls.role(name) in RUNNING for name in handed)
        self._own.begin()

    def _sample(self, live: LiveKind) -> KindProbe:
        rng, place = np.random.default_rng(0), live.place
        begun = live.begun()
        x = np.zeros((ROWS, *place.inputs), np.int64)
        x = x if place.kind == "Embedding" else rng.normal(size=x.shape)
        given = {name: rng.uniform(0.5, 2.0, size=shape) for name, shape in place.weights.items()}
        averages = {name: np.array(self._layer.buffers[name], np.float64) for name in self._averages}
        probe = live.probe(x, {**given, **averages}, np.ones(1))
        z = (*x.shape, begun.inputs["weight"].shape[1]) if place.kind == "Embedding" else x.shape
        return probe._replace(inputs={**probe.inputs, "dL_dz": rng.normal(size=z)})

    def _moved(self) -> Iterator[str]:
        """Yield the weights that an object changes itself, as it keeps no gradient of theirs."""
        found = {role for role, _, _ in self._places}
        for weight in WEIGHTS[self._kind]:
            if GRADIENTS[weight] not in found and weight in self._own.arrays.names and not self._kept_name(weight):
                yield weight

    def _kept_name(self, weight: str) -> str:
        return gradient_name(arrays_in(self._thing), self._own.arrays.names[weight], self._calls.role)

    @property
    def _kind(self) -> str:
        return "embedding" if self._layer.kind == "Embedding" else "norm"

    # --- what is made before ----------------------------------------------------------------------

    @property
    def made(self) -> str | None:
        """Return the lines that make its object and its config."""
        lines = [*self._made, *self._averages_set()]
        if self._has_config:
            lines.append(f"config{self._label} = {self._config}")
        return "\n".join(lines) if lines else None

    @property
    def _has_config(self) -> bool:
        return bool(self._calls.asked)

    def _made_lines(self, probe: KindProbe) -> Iterator[str]:
        """Yield what makes an object, has it know that it is trained, and has it make its arrays."""
        kind = self._subject.forward
        given = self._calls.of_constructor(kind, probe)
        yield f"{self._object} = {self._called(self._subject.name)}({named(given)})"
        thing = kind(**given)
        methods = [name for name in METHODS[True] if callable(getattr(kind, name, None))]
        attributes = modes_of(vars(thing), {name: self._calls.role(name) for name in vars(thing)})
        if methods and any(callable(getattr(kind, name, None)) for name in METHODS[False]):
            yield f"{self._object}.{methods[0]}()"
        else:
            for name, role in attributes:
                wanted = as_mode(role, getattr(thing, name), self._calls.text, training=True)
                if wanted != getattr(thing, name):
                    yield f"{self._object}.{name} = {value_text(wanted)}"
        if self._calls.is_lazy(thing, probe.kind):
            x = f"np.zeros({probe.inputs['x'].T.shape if self._o.columns else probe.inputs['x'].shape})"
            values = {"x": Text(tensor_text(x, tensors=self._o.tensors)), "param": Text("{}")}
            yield f"{self._passing(thing, values)}  # it makes its arrays in the first pass"

    def _averages_set(self) -> Iterator[str]:
        """Yield the lines that have an object begin with the script's running averages."""
        if self._is_class:
            for role, name in self._averages.items():
                if role in self._own.arrays.names:
                    yield self._put(role, f'buffers["{name}"]')

    def _config_text(self, probe: KindProbe) -> str:
        """Return the config that the code keeps, with what it asks for."""
        config, found = self._own.config(probe), list[str]()
        self._calls.tell(config, training=True)
        for key, default in self._calls.asked.items():
            if key not in config and default is not NOTHING:
                continue
            value, name = config[key], self._averages.get(self._calls.role(key))
            found.append(f'"{key}": {value_text(value) if name is None else self._array(f"buffers[{key_text(name)}]")}')
        return f"{{{', '.join(found)}}}"

    # --- how it is called --------------------------------------------------------------------------

    def _called(self, name: str) -> str:
        return self._code.called(name)

    def _array(self, text: str) -> str:
        """Return one number a column as the code has them."""
        return tensor_text(BIASES[self._o.bias].format(text), tensors=self._o.tensors)

    def _passing(self, thing: Any, values: Mapping[str, Any]) -> str:
        """Return the call forwards."""
        function, called = self._subject.forward, self._called(self._subject.name)
        if self._is_class:
            method = first_method(function, FORWARD)
            function, called = getattr(thing, method), f"{self._object}.{method}"
        return f"{called}({named(self._calls.arguments_of(function, values, self._settings, {}, training=True))})"

    def _put(self, role: str, text: str) -> str:
        """Return the line that sets an array of the object, wherever in it that is kept."""
        held = arrays_in(self._thing)
        name = self._own.arrays.names[role]
        shape = tuple(np.shape(held[name]))
        if len(shape) > 1 and self._kind == "norm":
            text = f"{text}.reshape{shape}"
        places = [place for place, value in held.items() if value is held[name]]
        return f"{' = '.join(map(self._place, places))} = {tensor_text(text, tensors=self._o.tensors)}"

    def _place(self, name: str) -> str:
        holder, _, key = name.rpartition(".")
        if not holder:
            return f"{self._object}.{key}"
        return f"{self._object}.{holder}[{key}]" if key.isdigit() else f'{self._object}.{holder}["{key}"]'


def named(given: Mapping[str, Any]) -> str:
    """Return arguments by their names."""
    return ", ".join(f"{name}={_value(value)}" for name, value in given.items())


def _value(value: Any) -> str:
    """Return an argument: code as it is, arrays of ones or zeros by what makes them."""
    if isinstance(value, Text):
        return str(value)
    if not isinstance(value, Array) and not hasattr(value, "detach"):
        return value_text(value)
    array = np.asarray(value)
    made = "np.ones" if array.all() else "np.zeros"  # they are set before each pass
    return tensor_text(f"{made}({array.shape})", tensors=hasattr(value, "detach"))


def key_text(key: Any) -> str:
    return f'"{key}"' if isinstance(key, str) else repr(key)


def held_name(thing: Any, names: Sequence[str]) -> str:
    """Return the first of the names by which an object holds something."""
    return next(name for name in names if getattr(thing, name, None) is not None)
