"""A person's own dense layer in a NumPy script: how its ways forwards and back are called, and how its arrays lie."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from engine.own.layer_arrays import arrays_of, order_of
from engine.own.layers import DX, OUT, RATE, LayerProbe, OwnLayer, PassedLayer
from engine.own.live_layers import LiveLayer, is_same_way
from engine.own.settings import signature_of
from engine.own.subjects import BACKWARD, FORWARD, first_method

from .own_form import NoForm, as_array_text, tensor_text
from .own_functions import Code

ROWS = 3
BIASES = {"flat": "{}", "row": "{}[None, :]", "column": "{}[:, None]"}


class OwnLayerCall:
    """Write a dense layer's calls. ``made``: the lines that make its objects, None of functions.

    ``name`` is the layer's, and what its variables end with is ``label``. Of a layer that updates itself a second
    object goes back from weights of 0: its gradients are how far those went, without a rounding.
    """

    def __init__(self, live: LiveLayer, code: Code, name: str, label: str, *, has_bias: bool):
        self._own: OwnLayer = live.own
        self._subject, self._code, self._name, self._label = self._own.subject, code, name, label
        self._o, self._shape, self._has_bias = self._own.orientation, live.shape, has_bias
        if self._o.tensors:
            code.files.imports.add("import torch")
        self._is_class, self._object = isinstance(self._subject.forward, type), f"own{label}"
        self._see()

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
                found = self._own.backward(passed, probe)
                self._dx = next((n for n in DX if getattr(self._thing, n, None) is not None), "")
                self._forward, self._backward = answers
                self._places = self._placed(self._backward, probe)
                self._from_zero = self._own.updates and self._is_from_zero(probe, found)
        finally:
            del self._own._called
            self._own.begin()

    def _is_from_zero(self, probe: LayerProbe, found: Mapping[str, Any]) -> bool:
        """Tell whether the weights of a layer that updates itself go the same way from 0."""
        other = self._own.instance(probe)
        passed = self._own.forward(probe, other)
        zeros = {role: np.zeros_like(probe.inputs[role]) for role in ("W", "b")}
        at_0 = LayerProbe({**probe.inputs, **zeros})
        self._own.fill(other, at_0)
        gone = self._own.backward(passed, at_0)
        weights = {"dL_dW": probe.inputs["W"], "dL_db": probe.inputs["b"]}
        return all(is_same_way(gone, found, role, weight) for role, weight in weights.items() if role in found)

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
        copied = ".copy()" if self._code.is_careful and not self._o.tensors else ""
        kept = ".copy()" if self._own.updates and not self._o.tensors else ""  # in place, as it may be
        turned = ".T.copy()" if self._o.columns else copied
        values = {
            "x": f"{x}{turned}",
            "w": f"{weight}{'.T.copy()' if self._o.turned else kept}",
            "b": BIASES[self._o.bias].format(bias) + (kept if self._has_bias else ""),
        }
        values |= {"dout": f"{dout}{turned}"} if dout else {}
        return {role: tensor_text(text, tensors=self._o.tensors) for role, text in values.items()}

    def _call(self, function: Callable[..., Any], called: str, values: Mapping[str, str]) -> str:
        given = [f"{name}={values[role]}" for name, role, _ in self._own._arguments(function) if role in values]
        return f"{called}({', '.join(given)})"

    def _called(self, name: str) -> str:
        return self._code.called(name)

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
                zeros = tensor_text(f"np.zeros({self._begun(role)})", tensors=self._o.tensors)
                given.append(f"{name}={zeros}")  # they are set before each pass
            elif role == "lr" and parameter.default is parameter.empty:
                given.append(f"{name}={RATE}")
            elif role in ("n_in", "n_out"):
                given.append(f"{name}={inputs if role == 'n_in' else out}")
            elif parameter.default is parameter.empty:
                given.append(f"{name}={sizes[placed % 2]}")
            placed = len(given)
        call = f"{self._called(self._subject.name)}({', '.join(given)})"
        second = f"\n{self._second} = {call}  # its weights are 0 before they are updated" if self._from_zero else ""
        return f"{self._object} = {call}{second}"

    @property
    def _second(self) -> str:
        return f"{self._object}_at_0"

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
            turned = as_array_text(self._forward[0] if is_pair else self._forward) + turned
            if turned:
                yield f"{z} = {z}{turned}"
        else:
            yield from self._filled(values)
            call, out = self._passing(self._object, values["x"]), self._forward
            if out is None:
                yield call
                call, out = f"{self._object}.{self._attribute}", getattr(self._thing, self._attribute)
            is_several = isinstance(out, tuple)
            turned = as_array_text(out[0] if is_several else out) + turned
            yield f"{z} = {call}{'[0]' if is_several else ''}{turned}"
        yield from self._in_precision(z, x)

    def _passing(self, thing: str, x: str) -> str:
        """Return an object's call forwards."""
        method = self._method(FORWARD)
        return self._call(getattr(self._thing, method), f"{thing}.{method}", {"x": x, "mode": "True"})

    def _filled(self, values: Mapping[str, str]) -> Iterator[str]:
        """Yield what hands an object its weights."""
        for role in ("w", "b"):
            if (name := self._own.names.get(role)) is not None:
                yield f"{self._place(name)} = {values[role]}"

    def _place(self, name: str, thing: str = "") -> str:
        thing, (holder, _, key) = thing or self._object, name.rpartition(".")
        return f'{thing}.{holder}["{key}"]' if holder else f"{thing}.{key}"

    def _in_precision(self, value: str, like: str) -> Iterator[str]:
        if self._code.is_careful:
            yield f"{value} = np.array({value}).astype({like}.dtype)"

    def backward(self, below: str | None, grads: str, dL_dz: str, x: str) -> Iterator[str]:
        """Yield the lines that make the gradients; ``below`` is what that of the input is called, None: none."""
        values = {**self._values(x, dL_dz), "cache": f"cache{self._label}"}
        found = dict(self._found_by_object(values) if self._is_class else self._found_by_function(values))
        yield from found.pop("")
        if self._from_zero:
            yield from self._gone_from_zero(values)
        backs = {"dL_dx": ".T" if self._o.columns else "", "dL_dW": ".T" if self._o.turned else ""}
        backs["dL_db"] = ".reshape(-1)"
        if below is not None:
            yield f"{below} = {found['dL_dx'][0]}{backs['dL_dx']}"
            yield from self._in_precision(below, x)
        cast = f".astype({x}.dtype)" if self._code.is_careful else ""
        kept = {"weight": "dL_dW", **({"bias": "dL_db"} if self._has_bias else {})}
        if not found.keys() >= {*kept.values()}:
            raise NoForm
        arrays = {role: f"{_array_text(found[role][0])}{backs[role]}{cast}" for role in kept.values()}
        made = [f'"{self._name}.{key}": {arrays[role]}' for key, role in kept.items()]
        yield f"{grads} = {{{', '.join(made)}}}"

    def _found_by_function(self, values: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
        backward = self._subject.backward
        assert backward is not None
        call, back = self._call(backward, self._called(backward.__name__), values), f"back{self._label}"
        yield "", [f"{back} = {call}"]
        yield from ((role, [f"{back}{key}{as_array_text(value)}"]) for role, key, value in self._parts(self._backward))

    def _parts(self, answer: Any) -> Iterator[tuple[str, str, Any]]:
        """Yield which gradient each part of an answer is, how it is taken out of it, and what it is like."""
        if isinstance(answer, dict):
            parts = [(f'["{key}"]', answer[key]) for key in self._keys]
        elif isinstance(answer, tuple | list):
            parts = [(f"[{place}]", one) for place, one in enumerate(answer)]
        else:
            parts = [("", answer)]
        yield from ((role, *part) for role, part in zip(self._places, parts, strict=False) if role)

    def _found_by_object(self, values: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
        back, call = f"back{self._label}", self._going_back(self._object, values)
        yield "", [call if self._backward is None else f"{back} = {call}"]
        found = {role: f"{back}{key}{as_array_text(value)}" for role, key, value in self._parts(self._backward)}
        if "dL_dx" not in found:
            kept = self._backward is None
            like = getattr(self._thing, self._dx) if kept else self._backward
            found["dL_dx"] = (f"{self._object}.{self._dx}" if kept else back) + as_array_text(like)
        for role, own in (("dL_dW", "w"), ("dL_db", "b")):
            if role not in found and self._own.names.get(own) is not None:
                found[role] = self._kept_gradient(role, own, values)
        yield from ((role, [text]) for role, text in found.items())

    def _going_back(self, thing: str, values: Mapping[str, str]) -> str:
        """Return an object's call back."""
        method = self._method(BACKWARD)
        handed = {"dout": values["dout"], "lr": repr(RATE), "x": values["x"]}
        return self._call(getattr(self._thing, method), f"{thing}.{method}", handed)

    def _kept_gradient(self, role: str, own: str, values: Mapping[str, str]) -> str:
        """Return the gradient that an object keeps; of one that updates itself how far its weights went."""
        held, name = arrays_of(self._thing), self._own.names[own]
        assert name is not None
        if (gradient := self._own.names.get(role)) is not None:
            return self._place(gradient) + as_array_text(held[gradient])
        as_array = as_array_text(held[name])
        if self._from_zero:
            return f"(0 - {self._place(name, self._second)}{as_array})"
        began = f"{values[own]}{'.numpy()' if self._o.tensors else ''}"
        return f"({began} - {self._place(name)}{as_array})"

    def _gone_from_zero(self, values: Mapping[str, str]) -> Iterator[str]:
        """Yield the lines that have the second object update its weights from 0."""
        zeros = "torch.zeros_like" if self._o.tensors else "np.zeros_like"
        for name in (self._own.names.get(role) for role in ("w", "b")):
            if name is not None:
                yield f"{self._place(name, self._second)} = {zeros}({self._place(name)})"
        yield self._passing(self._second, values["x"])
        yield self._going_back(self._second, values)


def _array_text(text: str) -> str:
    """Return a gradient as an array, which it may not be yet."""
    if text.endswith(".numpy()"):
        return text
    is_bracketed = text.startswith("(") and text.endswith(")")
    return f"np.asarray({text[1:-1] if is_bracketed else text})"
