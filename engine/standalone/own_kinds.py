"""A person's own norm or embedding in a NumPy script: how its ways forwards and back are called."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.own.kind_forms import GRADIENTS, WEIGHTS
from engine.own.kind_layers import DX
from engine.own.kind_objects import arrays_in
from engine.own.subjects import BACKWARD, first_method

from .own_form import NoForm, as_array_text, tensor_text
from .own_kind_seen import KindSeen, Text, held_name, key_text, named

FILLED = {"weight": "np.ones", "bias": "np.zeros"}  # what changes nothing, of what is not trained here


class OwnKindCall(KindSeen):
    """Write a layer's calls.

    Running averages are the code's to keep: an object and a config begin with the script's ``buffers``; a function
    that is handed them finds them among ``params``, and what it gives back is ``returned``.
    """

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

    # --- arguments ---------------------------------------------------------------------------------

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

    # --- back --------------------------------------------------------------------------------------

    def backward(self, below: str | None, grads: str, dL_dz: str, x: str) -> Iterator[str]:
        """Yield the lines that make the gradients; ``below`` is what that of the input is called, None: none."""
        back, call = f"back{self._label}", self._going_back(dL_dz, x)
        yield call if self._backward is None else f"{back} = {call}"
        found: dict[str, str] = {}
        for role, key, value in self._places:
            part = "" if key is None else f"[{key_text(key)}]"
            found[role] = f"{back}{part}{as_array_text(value)}{self._flat(role, value)}"
        if "dL_dx" not in found and below is not None and self._kind == "norm":
            name = held_name(self._thing, DX)
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
        return f"{called}({named(self._calls.arguments_of(function, values, self._settings, known, training=True))})"

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
