"""A person's own norm or embedding in a NumPy script: how its ways forwards and back are called, and what it keeps."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.own.kind_forms import GRADIENTS, RUNNING, WEIGHTS, KindProbe, PassedKind
from engine.own.kind_layers import DX, OUT, OwnKindLayer
from engine.own.kind_mode import METHODS, as_mode, modes_of
from engine.own.kind_objects import arrays_in, gradient_name
from engine.own.live_kinds import LiveKind
from engine.own.stand_ins import NOTHING
from engine.own.subjects import BACKWARD, FORWARD, first_method
from engine.spec import ShapedLayer

from .literals import value_text
from .own_form import NoForm, as_array_text, tensor_text
from .own_functions import Code
from .own_layers import BIASES

ROWS = 3
FILLED = {"weight": "np.ones", "bias": "np.zeros"}  # what changes nothing, of what is not trained here


class Text(str):
    """Be the code of an argument, among such as are values."""

    __slots__ = ()


class OwnKindCall:
    """Write a layer's calls. ``made``: the lines that make its object and its config, None without either.

    Running averages are the code's to keep: an object and a config begin with the script's ``buffers``; a function
    that is handed them finds them among ``params``, and what it gives back is ``returned``.
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
            self._attribute = "" if out is not None else _held(self._thing, OUT)
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

    @property
    def returned(self) -> dict[str, str]:
        """Return what gives the new running averages, by their names, where a function gives them back."""
        found: dict[str, str] = {}
        for place, name in enumerate(self._known):
            role = self._calls.role(name)
            if role in self._averages:
                found[self._averages[role]] = f"np.reshape({self._variable(place)}{self._as_array(name)}, -1)"
        return found

    @property
    def begins_with_averages(self) -> bool:
        """Tell whether the script's ``buffers`` are what it begins with."""
        is_kept = any(role in self._own.arrays.names for role in self._averages)
        return self.is_handed_averages or is_kept or "buffers[" in self._config

    @property
    def is_handed_averages(self) -> bool:
        """Tell whether each pass is handed running averages."""
        return self._takes_averages and bool(self._averages)

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
        yield f"{self._object} = {self._called(self._subject.name)}({_named(given)})"
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
            found.append(f'"{key}": {value_text(value) if name is None else self._array(f"buffers[{_quoted(name)}]")}')
        return f"{{{', '.join(found)}}}"

    # --- arguments ---------------------------------------------------------------------------------

    def _called(self, name: str) -> str:
        return self._code.called(name)

    def _array(self, text: str) -> str:
        """Return one number a column as the code has them."""
        return tensor_text(BIASES[self._o.bias].format(text), tensors=self._o.tensors)

    def _x(self, x: str) -> str:
        if self._kind == "embedding":
            return tensor_text(f"{x}.astype(np.int64)" if self._floats else x, tensors=self._o.tensors)
        copied = ".copy()" if self._code.is_careful and not self._o.tensors else ""
        return tensor_text(f"{x}{'.T.copy()' if self._o.columns else copied}", tensors=self._o.tensors)

    def _weight(self, role: str, x: str) -> str:
        """Return a weight; where nothing is trained, what changes nothing."""
        if role not in self._layer.weights:
            return f"{FILLED[role]}({x}.shape[-1], {x}.dtype)"
        return f'params["{self._name}.{role}"]'

    def _values(self, x: str) -> dict[str, Text]:
        """Return the code of what a pass is handed, by roles."""
        copied = ".copy()" if (self._code.is_careful or self._is_moved) and not self._o.tensors else ""
        values = {"x": self._x(x), "param": f"config{self._label}"}
        for role in WEIGHTS[self._kind]:
            text = self._weight(role, x) + copied
            is_table = self._kind == "embedding"
            values[role] = tensor_text(text, tensors=self._o.tensors) if is_table else self._array(text)
        values |= {role: self._array(f'params["{name}"]') for role, name in self._averages.items()}
        return {role: Text(text) for role, text in values.items()}

    # --- forwards ----------------------------------------------------------------------------------

    def forward(self, z: str, x: str) -> Iterator[str]:
        """Yield the lines that make ``z``."""
        values = self._values(x)
        if self._is_class:
            for role in WEIGHTS[self._kind]:
                if role in self._own.arrays.names:
                    text = self._weight(role, x) + (".copy()" if self._is_moved and not self._o.tensors else "")
                    yield self._put(role, text)
            values = {role: text for role, text in values.items() if role not in self._own.arrays.names}
        out = z if not self._turned else f"out{self._label}"
        call = self._passing(self._thing, values)
        if self._attribute:
            yield call
            yield f"{z} = {self._object}.{self._attribute}{self._turned}"
        else:
            yield f"{', '.join((out, *self._rest))} = {call}"
            if out != z:
                yield f"{z} = {out}{self._turned}"
        if self._code.is_careful:
            like = f'params["{self._name}.weight"]' if self._kind == "embedding" else x
            yield f"{z} = np.array({z}).astype({like}.dtype)"

    @property
    def _turned(self) -> str:
        """Return what stands behind what the code makes to have it as torch has it."""
        return as_array_text(self._out) + (".T" if self._o.columns else "")

    @property
    def _rest(self) -> list[str]:
        """Return what else comes out is called."""
        count = len(self._forward) if isinstance(self._forward, tuple) else 1
        return [self._variable(place) for place in range(1, count)]

    def _variable(self, place: int) -> str:
        """Return what a part of what comes out is called; the output is the first."""
        if place == 0:
            return f"out{self._label}" if self._turned else f"z{self._label}"
        names = list(self._known)
        is_lone = len(self._forward) == 2
        return f"cache{self._label}" if is_lone or not names or not names[place] else f"{names[place]}_{self._label}"

    def _as_array(self, name: str) -> str:
        return as_array_text(self._known[name])

    def _passing(self, thing: Any, values: Mapping[str, Any]) -> str:
        """Return the call forwards."""
        function, called = self._subject.forward, self._called(self._subject.name)
        if self._is_class:
            method = first_method(function, FORWARD)
            function, called = getattr(thing, method), f"{self._object}.{method}"
        return f"{called}({_named(self._calls.arguments_of(function, values, self._settings, {}, training=True))})"

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

    # --- back --------------------------------------------------------------------------------------

    def backward(self, below: str | None, grads: str, dL_dz: str, x: str) -> Iterator[str]:
        """Yield the lines that make the gradients; ``below`` is what that of the input is called, None: none."""
        back, call = f"back{self._label}", self._going_back(dL_dz, x)
        yield call if self._backward is None else f"{back} = {call}"
        found = {
            role: f"{back}{'' if key is None else f'[{_quoted(key)}]'}{as_array_text(value)}{self._flat(role, value)}"
            for role, key, value in self._places
        }
        if "dL_dx" not in found and below is not None and self._kind == "norm":
            name = _held(self._thing, DX)
            found["dL_dx"] = f"{self._object}.{name}{as_array_text(getattr(self._thing, name))}"
        if below is not None:
            yield f"{below} = {found['dL_dx']}{'.T' if self._o.columns else ''}"
            if self._code.is_careful:
                yield f"{below} = np.array({below}).astype({x}.dtype)"
        kept = {role: GRADIENTS[role] for role in WEIGHTS[self._kind] if role in self._layer.weights}
        made = [f'"{self._name}.{role}": {self._gradient(role, found.get(of), x)}' for role, of in kept.items()]
        yield f"{grads} = {{{', '.join(made)}}}"

    def _going_back(self, dL_dz: str, x: str) -> str:
        """Return the call back."""
        copied = ".copy()" if self._code.is_careful and not self._o.tensors else ""
        dout = tensor_text(f"{dL_dz}{'.T.copy()' if self._o.columns else copied}", tensors=self._o.tensors)
        cache = self._cache()
        values = {**self._values(x), "lr": 1.0, "dout": Text(dout), **({"cache": Text(cache)} if cache else {})}
        known = {name: Text(self._variable(place)) for place, name in enumerate(self._known)}
        function = self._subject.backward
        if self._is_class:
            method = first_method(self._subject.forward, BACKWARD)
            function, called = getattr(self._thing, method), f"{self._object}.{method}"
        else:
            assert function is not None
            called = self._called(function.__name__)
        return f"{called}({_named(self._calls.arguments_of(function, values, self._settings, known, training=True))})"

    def _cache(self) -> str:
        """Return what the way back is handed of the way forwards."""
        rest = self._rest
        named = [place for place, name in enumerate(self._known) if self._calls.role(name) == "cache"]
        if len(rest) < 2 or named:
            return self._variable(named[0]) if named else "".join(rest)
        return f"({', '.join(rest)})"

    def _flat(self, role: str, value: Any) -> str:
        """Return what stands behind a gradient to have it flat."""
        return ".reshape(-1)" if role != "dL_dx" and self._kind == "norm" and np.ndim(value) != 1 else ""

    def _gradient(self, role: str, found: str | None, x: str) -> str:
        """Return a weight's gradient: what came out, what an object keeps, or how far its weight went."""
        if found is None and self._is_class and role in self._own.arrays.names:
            held = arrays_in(self._thing)
            name = self._kept_name(role)
            taken = name or self._own.arrays.names[role]
            flat = self._flat(GRADIENTS[role], held[taken])
            found = f"{self._place(taken)}{as_array_text(held[taken])}{flat}"
            found = found if name else f"{self._weight(role, x)} - {found}"
        if found is None:
            raise NoForm
        cast = f'.astype(params["{self._name}.{role}"].dtype)'
        return f"np.array({found}){cast}" if self._code.is_careful else found


def _named(given: Mapping[str, Any]) -> str:
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


def _quoted(key: Any) -> str:
    return f'"{key}"' if isinstance(key, str) else repr(key)


def _held(thing: Any, names: Sequence[str]) -> str:
    """Return the first of the names by which an object holds something."""
    return next(name for name in names if getattr(thing, name, None) is not None)
