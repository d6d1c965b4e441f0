"""A person's own activation, loss or dense layer in a NumPy script: how its way forwards and back are called."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.own.function_forms import SLOPES, VALUES, FunctionProbe
from engine.own.functions import OwnFunction
from engine.own.live_functions import LiveActivation, LiveLoss
from engine.own.settings import signature_of
from engine.own.source import Source
from engine.own.subjects import BACKWARD, FORWARD, first_method

from .literals import value_text
from .own_files import OwnFiles
from .own_form import NoForm


class Code(NamedTuple):
    """Say which code it is, and how its results are taken: put into a precision where it is ``is_careful``."""

    files: OwnFiles
    source: Source
    is_careful: bool = False


class OwnCall:
    """Write an activation's or a loss's calls. ``made``: a line that makes its object, None without one.

    Variables end with ``label``.
    """

    def __init__(self, live: LiveActivation | LiveLoss, code: Code, label: str, sample: Mapping[str, Array]):
        self._own: OwnFunction = live.own
        self._kind, self._settings, self._given = self._own.subject.kind, live.settings, live.given
        self._caller, self._subject, self._code, self._label = self._own.caller, self._own.subject, code, label
        convention = self._caller.convention
        if convention.tensors or self._subject.form == "autograd function":
            raise NoForm("tensors of torch's")
        if convention.layout == "each":
            raise NoForm("one row at a time")
        self._is_columns, self._one_hot = convention.layout == "columns", convention.one_hot
        self._is_class = isinstance(self._subject.forward, type)
        self._object = f"own{label}"
        self._see(sample)

    def _see(self, sample: Mapping[str, Array]) -> None:
        """Find out what each way gives: a value, two, in which order, or nothing but an attribute."""
        like = sample["z"] if "z" in sample else sample["a"]
        probe = FunctionProbe(dict(sample), np.ones_like(like), self._given, self._settings)
        self._own.begin()
        with np.errstate(all="ignore"):
            self._thing = thing = self._own.instance(probe)
            function = self._subject.forward if thing is None else getattr(thing, self._method(FORWARD))
            self._answers = self._form_of(self._caller.call(function, probe, {}))
            self._value_name = next((name for name in VALUES if getattr(thing, name, None) is not None), "")
            if self._is_class:
                self._see_method(probe, self._method(BACKWARD))
            else:
                self._see_slope(probe)
        self._own.begin()

    def _see_method(self, probe: FunctionProbe, method: str) -> None:
        seen: list[Any] = []
        bound = getattr(self._thing, method)

        @wraps(bound)
        def spy(*args: Any, **named: Any) -> Any:
            seen.append(bound(*args, **named))
            return seen[-1]

        setattr(self._thing, method, spy)
        self._own.slope(self._own.forward(probe, self._thing), probe, probe.dout)
        delattr(self._thing, method)
        self._back_is_nothing = seen[-1] is None
        self._slope_name = next((name for name in SLOPES if getattr(self._thing, name, None) is not None), "")
        self._back_gives_several = _is_several(seen[-1])

    def _see_slope(self, probe: FunctionProbe) -> None:
        seen: list[Any] = []

        def first_array(value: Any) -> Array:
            seen.append(value)
            return type(self._own)._first_array(value)

        self._back_is_nothing, self._slope_name = False, ""
        passed = self._own.forward(probe, None)
        self._own._first_array = first_array  # type: ignore[method-assign]
        try:
            self._has_back = self._own.slope(passed, probe, probe.dout) is not None
        finally:
            del self._own._first_array
        self._back_gives_several = bool(seen) and _is_several(seen[-1])

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
        return self._code.files.called(self._code.source, name)

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
            raise NoForm(f"an argument that stands for {role}")
        text = inputs[role]
        if role == "y" and self._one_hot:
            return f"np.eye({inputs['a']}.shape[-1], dtype={inputs['a']}.dtype)[{text}]"
        if self._is_columns and role != "cache":
            return f"{text}.T.copy()"
        return f"{text}.copy()" if self._code.is_careful and text.isidentifier() else text

    # --- forwards and back -------------------------------------------------------------------------

    def forward(self, value: str, inputs: Mapping[str, str]) -> Iterator[str]:
        """Yield the lines that make ``value``."""
        cache, out = f"cache{self._label}", f"out{self._label}" if self._is_columns else value
        called = f"{self._object}.{self._method(FORWARD)}" if self._is_class else self._called(self._subject.name)
        function = getattr(self._thing, self._method(FORWARD)) if self._is_class else self._subject.forward
        call = self._call(function, called, inputs, is_back=False, deriv=False)
        if self._answers == "nothing":
            yield call
            yield f"{out} = {self._object}.{self._value_name}"
        else:
            targets = {"value": out, "value, cache": f"{out}, {cache}", "cache, value": f"{cache}, {out}"}
            yield f"{targets[self._answers]} = {call}"
        if self._is_columns:
            yield f"{value} = {out}.T"
        yield from self._in_precision(value, next(iter(inputs.values())))

    def _in_precision(self, value: str, like: str) -> Iterator[str]:
        if self._code.is_careful:
            shape = f"np.reshape({value}, ())" if value == "loss" else f"np.array({value})"
            yield f"{value} = {shape}.astype({like}.dtype)"

    def backward(self, value: str, inputs: Mapping[str, str]) -> Iterator[str]:
        """Yield the lines that make the derivative: with what comes from behind in it, where ``is_product``."""
        dout = inputs.get("dout", "np.ones(())")
        inputs = {**inputs, "dout": dout, "cache": f"cache{self._label}"}
        inputs["out"] = f"out{self._label}" if self._is_columns else inputs["out"]
        turned = ".T" if self._is_columns else ""
        call = self._back_of_object(inputs) if self._is_class else self._back_of_function(inputs)
        if self._back_is_nothing:
            yield call
            call = f"{self._object}.{self._slope_name}"
        yield f"{value} = {call}{'[0]' if self._back_gives_several else ''}{turned}"
        yield from self._in_precision(value, inputs["a" if self._kind == "loss" else "z"])

    def _back_of_function(self, inputs: Mapping[str, str]) -> str:
        forward, backward = self._subject.forward, self._subject.backward
        if backward is not None:
            return self._call(backward, self._called(backward.__name__), inputs, is_back=True)
        if any(self._caller.role(name) == "deriv" for name in self._caller.arguments(forward)):
            return self._call(forward, self._called(self._subject.name), inputs, is_back=True, deriv=True)
        if self._kind == "loss" and self._answers != "value":
            return inputs["cache"]
        raise NoForm("no derivative")

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


def _is_several(value: Any) -> bool:
    if isinstance(value, dict):
        raise NoForm("gradients in a dict")
    return isinstance(value, tuple) and bool(value) and np.ndim(value[0]) > 0


def _setting(value: Any) -> str:
    return f"np.array({value_text(list(value))})" if isinstance(value, list | tuple) else value_text(value)
