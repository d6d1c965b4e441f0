"""A person's own activation, loss or dense layer in a NumPy script: how its way forwards and back are called."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.own.function_forms import SLOPES, VALUES, FunctionProbe
from engine.own.functions import OwnFunction, Passed
from engine.own.live_functions import LiveActivation, LiveLoss
from engine.own.settings import signature_of
from engine.own.source import Source
from engine.own.subjects import BACKWARD, FORWARD, first_method

from .literals import value_text
from .own_files import OwnFiles
from .own_form import NoForm, as_array_text, tensor_text


class Code(NamedTuple):
    """Say which code it is, and how its results are taken: put into a precision where it is ``is_careful``.

    ``place`` names its module, where it has one of its own.
    """

    files: OwnFiles
    source: Source
    is_careful: bool = False
    place: str = ""

    def called(self, name: str) -> str:
        """Return what something of the file is called."""
        return self.files.called(self.source, name, place=self.place)


class OwnCall:
    """Write an activation's or a loss's calls. ``made``: a line that makes its object, None without one.

    Variables end with ``label``; the object has a ``name`` of its own where they are made anew in a loop.
    """

    def __init__(
        self, live: LiveActivation | LiveLoss, code: Code, label: str, sample: Mapping[str, Array], name: str = ""
    ):  # fmt: skip
        self._own: OwnFunction = live.own
        self._kind, self._settings, self._given = self._own.subject.kind, live.settings, live.given
        self._caller, self._subject, self._code, self._label = self._own.caller, self._own.subject, code, label
        convention = self._caller.convention
        self._tensors = convention.tensors
        if self._tensors:
            code.files.imports.add("import torch")
        self._is_columns, self._one_hot = convention.layout == "columns", convention.one_hot
        self._is_class = isinstance(self._subject.forward, type)
        self._object = name or f"own{label}"
        self._see(sample)

    def _see(self, sample: Mapping[str, Array]) -> None:
        """Find out what each way gives: a value, two, in which order, or nothing but an attribute."""
        like = sample["z"] if "z" in sample else sample["a"]
        probe = FunctionProbe(dict(sample), np.ones_like(like), self._given, self._settings)
        self._own.begin()
        with np.errstate(all="ignore"):
            self._thing = thing = self._own.instance(probe)
            function = self._subject.forward if thing is None else getattr(thing, self._method(FORWARD))
            answer = self._caller.call(function, probe, {})
            self._answers = self._form_of(answer)
            self._value_name = next((name for name in VALUES if getattr(thing, name, None) is not None), "")
            passed = self._own.forward(probe, thing)
            self._value_as_array = as_array_text(passed.out)
            raw = self._seen_method(probe, passed) if self._is_class else self._seen_slope(probe, passed)
        self._own.begin()
        self._slope_name = ""
        if raw is None and self._is_class:
            self._slope_name = next((name for name in SLOPES if getattr(thing, name, None) is not None), "")
            raw = getattr(thing, self._slope_name, None)
        self._pick, picked = _picked(raw)
        self._pick += as_array_text(picked)
        self.is_matrix = np.ndim(picked) == like.ndim + 1  # each output's derivative by all of its row

    def _seen_method(self, probe: FunctionProbe, passed: Passed) -> Any:
        """Return what a method gives on the way back."""
        seen: list[Any] = []
        method = self._method(BACKWARD)
        bound = getattr(self._thing, method)

        @wraps(bound)
        def spy(*args: Any, **named: Any) -> Any:
            seen.append(bound(*args, **named))
            return seen[-1]

        setattr(self._thing, method, spy)
        self._own.slope(passed, probe, probe.dout)
        delattr(self._thing, method)
        return seen[-1]

    def _seen_slope(self, probe: FunctionProbe, passed: Passed) -> Any:
        """Return what a function gives on the way back, or with its value."""
        seen: list[Any] = []

        def first_array(value: Any) -> Array:
            seen.append(value)
            return type(self._own)._first_array(value)

        self._own._first_array = first_array  # type: ignore[method-assign]
        try:
            self._own.slope(passed, probe, probe.dout)
        finally:
            del self._own._first_array
        return seen[-1] if seen else passed.cache

    def _form_of(self, answer: Any) -> str:
        """Name what comes out: ``value``, ``value, cache``, ``cache, value`` or ``nothing``."""
        if isinstance(answer, tuple | list) and len(answer) == 2:
            first, second = answer
            is_turned = self._kind == "loss" and np.ndim(first) == 2 and np.ndim(second) < 2
            return "cache, value" if is_turned else "value, cache"
        return "nothing" if answer is None else "value"

    def _method(self, names: Sequence[str]) -> str:
        return first_method(self._subject.forward, tuple(names))

    def _called(self, name: str) -> str:
        return self._code.called(name)

    @property
    def is_product(self) -> bool:
        """Return whether its way back takes in what comes from behind."""
        return self._own.is_product

    @property
    def made(self) -> str | None:
        """Return the line that makes the object whose methods are called."""
        if not self._is_class:
            return None
        names = [name for name in signature_of(self._subject.forward) if name in self._settings]
        given = ", ".join(f"{name}={_setting(self._settings[name])}" for name in names)
        return f"{self._object} = {self._called(self._subject.name)}({given})"

    # --- arguments ---------------------------------------------------------------------------------

    def _call(
        self, function: Callable[..., Any], called: str, inputs: Mapping[str, str], *, is_back: bool,
        deriv: bool | None = None,
    ) -> str:  # fmt: skip
        """Return a call, each argument what its role stands for; ``inputs`` by their roles."""
        arguments = self._caller.arguments(function)
        roles, order = self._caller.roles_by_place(function, is_back), list(self._caller.convention.order)
        given: list[str] = []
        for name, parameter in arguments.items():
            role = roles[name]
            value = self._argument(name, role, inputs, deriv=deriv, is_back=is_back)
            if value is not None and role in ("z", "a", "y", "dout", "open", "input"):
                order = [one for one in order if one != role]
            if value is None and parameter.default is not parameter.empty:
                continue
            if value is None:
                value = self._input(order.pop(0), inputs)
            given.append(value if parameter.kind == parameter.POSITIONAL_ONLY else f"{name}={value}")
        return f"{called}({', '.join(given)})"

    def _argument(
        self, name: str, role: str, inputs: Mapping[str, str], *, deriv: bool | None, is_back: bool
    ) -> str | None:
        if name in self._settings:
            return _setting(self._settings[name])
        if role == "deriv":
            return repr(bool(deriv))
        if role == "cache" and is_back:
            return inputs["cache"] if self._answers != "value" else self._input("z", inputs)
        if role == "open":
            role = self._given
        if role == "input":
            return self._input("z", inputs)
        if self._kind == "activation" and role == "a":
            return inputs["out"] if is_back else self._input("z", inputs)
        return self._input(role, inputs) if role in ("z", "a", "y", "dout") else None

    def _input(self, role: str, inputs: Mapping[str, str]) -> str:
        if role not in inputs:
            raise NoForm
        text = inputs[role]
        if role == "y" and self._one_hot:
            text = f"np.eye({inputs['a']}.shape[-1], dtype={inputs['a']}.dtype)[{text}]"
        elif self._is_columns and role != "cache":
            text = f"{text}.T.copy()"
        elif self._code.is_careful and text.isidentifier() and not self._tensors:
            text = f"{text}.copy()"
        return tensor_text(text, tensors=self._tensors)

    # --- forwards and back -------------------------------------------------------------------------

    def forward(self, value: str, inputs: Mapping[str, str]) -> Iterator[str]:
        """Yield the lines that make ``value``."""
        cache, out = f"cache{self._label}", f"out{self._label}" if self._is_out_apart else value
        called = f"{self._object}.{self._method(FORWARD)}" if self._is_class else self._called(self._subject.name)
        function = getattr(self._thing, self._method(FORWARD)) if self._is_class else self._subject.forward
        call = self._call(function, called, inputs, is_back=False, deriv=False)
        if self._answers == "nothing":
            yield call
            yield f"{out} = {self._object}.{self._value_name}"
        else:
            targets = {"value": out, "value, cache": f"{out}, {cache}", "cache, value": f"{cache}, {out}"}
            yield f"{targets[self._answers]} = {call}"
        if self._is_out_apart:
            yield f"{value} = {out}{self._value_as_array}{'.T' if self._is_columns else ''}"
        yield from self._in_precision(value, next(iter(inputs.values())))

    @property
    def _is_out_apart(self) -> bool:
        """Tell whether what the code gives is another than the value: it lies otherwise, or is torch's."""
        return self._is_columns or bool(self._value_as_array)

    def _in_precision(self, value: str, like: str) -> Iterator[str]:
        if self._code.is_careful:
            shape = f"np.reshape({value}, ())" if value == "loss" else f"np.array({value})"
            yield f"{value} = {shape}.astype({like}.dtype)"

    def backward(self, value: str, inputs: Mapping[str, str]) -> Iterator[str]:
        """Yield the lines that make the derivative: with what comes from behind in it, where ``is_product``."""
        dout = inputs.get("dout", "np.ones(())")
        inputs = {**inputs, "dout": dout, "cache": f"cache{self._label}"}
        inputs["out"] = f"out{self._label}" if self._is_out_apart else inputs["out"]
        turned = ".T" if self._is_columns else ""
        call = self._back_of_object(inputs) if self._is_class else self._back_of_function(inputs)
        if self._slope_name:
            yield call
            call = f"{self._object}.{self._slope_name}"
        yield f"{value} = {call}{self._pick}{turned}"
        yield from self._in_precision(value, inputs["a" if self._kind == "loss" else "z"])

    def _back_of_function(self, inputs: Mapping[str, str]) -> str:
        forward, backward = self._subject.forward, self._subject.backward
        if backward is not None:
            return self._call(backward, self._called(backward.__name__), inputs, is_back=True)
        if any(self._caller.role(name) == "deriv" for name in self._caller.arguments(forward)):
            return self._call(forward, self._called(self._subject.name), inputs, is_back=True, deriv=True)
        if self._kind == "loss" and self._answers != "value":
            return inputs["cache"]
        raise NoForm

    def _back_of_object(self, inputs: Mapping[str, str]) -> str:
        method, caller = self._method(BACKWARD), self._caller
        called, function = f"{self._object}.{method}", getattr(self._thing, self._method(BACKWARD))
        arguments = caller.required(function)
        is_loss = self._kind == "loss"
        is_handed = self._own.is_product or (is_loss and caller.role("".join(arguments)) in ("dout", ""))
        if len(arguments) == 1 and is_handed:
            return f"{called}({self._input('dout', inputs)})"
        is_pair = is_loss and len(arguments) == 2 and method == "backward"
        if is_pair and caller.role(arguments[0]) in ("dout", "a"):
            return f"{called}({self._input('a', inputs)}, {self._input('y', inputs)})"
        return self._call(function, called, inputs, is_back=True)


def _picked(value: Any) -> tuple[str, Any]:
    """Return which of several gradients is the input's, as code, and it itself."""
    pick = ""
    if isinstance(value, tuple) and value and np.ndim(value[0]) > 0:
        pick, value = "[0]", value[0]
    if isinstance(value, dict):
        first = next(iter(value))
        pick, value = f"{pick}[{first!r}]".replace("'", '"'), value[first]
    return pick, value


def _setting(value: Any) -> str:
    return f"np.array({value_text(list(value))})" if isinstance(value, list | tuple) else value_text(value)
