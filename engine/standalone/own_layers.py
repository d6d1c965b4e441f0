"""A person's own dense layer in a NumPy script: how its ways forwards and back are called, and how its arrays lie."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from engine.own.layer_arrays import order_of
from engine.own.layers import DX, GRADIENTS, OUT, RATE, LayerProbe, OwnLayer, PassedLayer
from engine.own.live_layers import LiveLayer
from engine.own.settings import signature_of
from engine.own.subjects import BACKWARD, FORWARD, first_method

from .own_form import NoForm
from .own_functions import Code

ROWS = 3
BIASES = {"flat": "{}", "row": "{}[None, :]", "column": "{}[:, None]"}


class OwnLayerCall:
    """Write a dense layer's calls. ``made``: the line that makes its object, None of functions.

    ``name`` is the layer's, and what its variables end with is ``label``.
    """

    def __init__(self, live: LiveLayer, code: Code, name: str, label: str, *, has_bias: bool):
        self._own: OwnLayer = live.own
        self._subject, self._code, self._name, self._label = self._own.subject, code, name, label
        self._o, self._shape, self._has_bias = self._own.orientation, live.shape, has_bias
        if self._o.tensors or self._subject.form == "autograd function":
            raise NoForm("tensors of torch's")
        self._is_class, self._object = isinstance(self._subject.forward, type), f"own{label}"
        self._see()
        if self._own.updates:
            raise NoForm("a layer that updates itself")

    def _see(self) -> None:
        """Find out what each way gives."""
        (out, inputs), rng = self._shape, np.random.default_rng(0)
        given = {"x": rng.normal(size=(ROWS, inputs)), "W": rng.normal(size=(out, inputs)), "b": rng.normal(size=out)}
        probe = LayerProbe({**given, "dL_dz": rng.normal(size=(ROWS, out))})
        answers: list[Any] = []
        called = self._own._called

        def spy(function: Callable[..., Any], values: Mapping[str, Any]) -> Any:
            answers.append(called(function, values))
            return answers[-1]

        self._own.begin()
        self._own._called = spy  # type: ignore[method-assign]
        try:
            with np.errstate(all="ignore"):
                self._thing = self._own.instance(probe)
                passed: PassedLayer = self._own.forward(probe, self._thing)
                self._attribute = next((n for n in OUT if getattr(self._thing, n, None) is not None), "")
                self._own.backward(passed, probe)
                self._dx = next((n for n in DX if getattr(self._thing, n, None) is not None), "")
        finally:
            del self._own._called
            self._own.begin()
        self._forward, self._backward = answers
        self._places = self._placed(self._backward, probe)

    def _placed(self, answer: Any, probe: LayerProbe) -> list[str]:
        """Return which gradient each part of an answer is."""
        if answer is None or (self._is_class and not isinstance(answer, tuple)):
            return []
        if isinstance(answer, dict):
            self._keys = sorted(answer, key=order_of)
            answer = [answer[key] for key in self._keys]
        parts = list(answer) if isinstance(answer, tuple | list) else [answer]
        return self._own._placed(parts, probe)

    # --- arguments ---------------------------------------------------------------------------------

    def _values(self, x: str, dout: str = "") -> dict[str, str]:
        weight, bias = f'params["{self._name}.weight"]', f'params["{self._name}.bias"]'
        if not self._has_bias:
            bias = f"np.zeros({self._shape[0]}, {x}.dtype)"
        turned = ".T.copy()" if self._o.columns else ".copy()" if self._code.is_careful else ""
        values = {
            "x": f"{x}{turned}",
            "w": f"{weight}{'.T.copy()' if self._o.turned else ''}",
            "b": BIASES[self._o.bias].format(bias),
        }
        return values | ({"dout": f"{dout}{turned}"} if dout else {})

    def _call(self, function: Callable[..., Any], called: str, values: Mapping[str, str]) -> str:
        given = [f"{name}={values[role]}" for name, role, _ in self._own._arguments(function) if role in values]
        return f"{called}({', '.join(given)})"

    def _called(self, name: str) -> str:
        return self._code.files.called(self._code.source, name)

    def _method(self, names: Sequence[str]) -> str:
        return first_method(self._subject.forward, tuple(names))

    @property
    def made(self) -> str | None:
        """Return the line that makes the object whose methods are called."""
        if not self._is_class:
            return None
        out, inputs = self._shape
        sizes, given, placed = [inputs, out], [], 0
        for name, parameter in signature_of(self._subject.forward).items():
            role = self._own.role(name)
            if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                continue
            if role in ("w", "b") and parameter.default is parameter.empty:
                given.append(f"{name}=np.zeros({self._begun(role)})")  # they are set before each pass
            elif role == "lr" and parameter.default is parameter.empty:
                given.append(f"{name}={RATE}")
            elif role in ("n_in", "n_out"):
                given.append(f"{name}={inputs if role == 'n_in' else out}")
            elif parameter.default is parameter.empty:
                given.append(f"{name}={sizes[placed % 2]}")
            placed = len(given)
        return f"{self._object} = {self._called(self._subject.name)}({', '.join(given)})"

    def _begun(self, role: str) -> tuple[int, ...]:
        """Return the shape that an object has a weight or a bias in."""
        out, inputs = self._shape
        if role == "w":
            return (inputs, out) if self._o.turned else (out, inputs)
        return {"flat": (out,), "row": (1, out), "column": (out, 1)}[self._o.bias]

    # --- forwards and back -------------------------------------------------------------------------

    def forward(self, z: str, x: str) -> Iterator[str]:
        """Yield the lines that make ``z``."""
        values, turned = self._values(x), ".T" if self._o.columns else ""
        if not self._is_class:
            call = self._call(self._subject.forward, self._called(self._subject.name), values)
            is_pair = isinstance(self._forward, tuple) and len(self._forward) == 2
            yield f"{z}, cache{self._label} = {call}" if is_pair else f"{z} = {call}"
            if turned:
                yield f"{z} = {z}{turned}"
        else:
            yield from self._filled(values)
            method = self._method(FORWARD)
            handed = {"x": values["x"], "mode": "True"}
            call = self._call(getattr(self._thing, method), f"{self._object}.{method}", handed)
            if self._forward is None:
                yield call
                call = f"{self._object}.{self._attribute}"
            yield f"{z} = {call}{'[0]' if isinstance(self._forward, tuple) else ''}{turned}"
        yield from self._in_precision(z, x)

    def _filled(self, values: Mapping[str, str]) -> Iterator[str]:
        """Yield what hands an object its weights."""
        for role in ("w", "b"):
            if (name := self._own.names.get(role)) is not None:
                yield f"{self._place(name)} = {values[role]}"

    def _place(self, name: str) -> str:
        holder, _, key = name.rpartition(".")
        return f'{self._object}.{holder}["{key}"]' if holder else f"{self._object}.{key}"

    def _in_precision(self, value: str, like: str) -> Iterator[str]:
        if self._code.is_careful:
            yield f"{value} = np.array({value}).astype({like}.dtype)"

    def backward(self, below: str | None, grads: str, dL_dz: str, x: str) -> Iterator[str]:
        """Yield the lines that make the gradients; ``below`` is what that of the input is called, None: none."""
        values = {**self._values(x, dL_dz), "cache": f"cache{self._label}"}
        found = dict(self._found_by_object(values) if self._is_class else self._found_by_function(values))
        yield from found.pop("")
        backs = {"dL_dx": ".T" if self._o.columns else "", "dL_dW": ".T" if self._o.turned else ""}
        backs["dL_db"] = ".reshape(-1)"
        if below is not None:
            yield f"{below} = {found['dL_dx'][0]}{backs['dL_dx']}"
            yield from self._in_precision(below, x)
        cast = f".astype({x}.dtype)" if self._code.is_careful else ""
        kept = {"weight": "dL_dW", **({"bias": "dL_db"} if self._has_bias else {})}
        missing = [role for role in kept.values() if role not in found]
        if missing:
            raise NoForm(f"no {missing[0]}")
        made = [f'"{self._name}.{key}": np.asarray({found[role][0]}){backs[role]}{cast}' for key, role in kept.items()]
        yield f"{grads} = {{{', '.join(made)}}}"

    def _found_by_function(self, values: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
        backward = self._subject.backward
        assert backward is not None
        call, back = self._call(backward, self._called(backward.__name__), values), f"back{self._label}"
        yield "", [f"{back} = {call}"]
        keys = [f'["{key}"]' for key in self._keys] if isinstance(self._backward, dict) else None
        for place, role in enumerate(self._places):
            is_one = not isinstance(self._backward, tuple | list | dict)
            yield role, [f"{back}{keys[place] if keys else '' if is_one else f'[{place}]'}"]

    def _found_by_object(self, values: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
        method, back = self._method(BACKWARD), f"back{self._label}"
        handed = {"dout": values["dout"], "lr": repr(RATE), "x": values["x"]}
        call = self._call(getattr(self._thing, method), f"{self._object}.{method}", handed)
        yield "", [call if self._backward is None else f"{back} = {call}"]
        roles = [(role, f"{back}[{place}]") for place, role in enumerate(self._places)]
        named = dict(roles)
        if "dL_dx" not in named:
            named["dL_dx"] = f"{self._object}.{self._dx}" if self._backward is None else back
        for role in GRADIENTS[1:]:
            if role not in named and (name := self._own.names.get(role)) is not None:
                named[role] = self._place(name)
        yield from ((role, [text]) for role, text in named.items())
