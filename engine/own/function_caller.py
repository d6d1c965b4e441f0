"""How an activation's or a loss's code is handed its arguments: by their names, else in the order that fits."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy import ndarray as Array

from . import tensors
from .function_forms import VARIABLE, FunctionConvention, FunctionProbe, place_pair
from .optimizer_parts import CannotCall, ask_about
from .roles import role_of
from .settings import signature_of
from .subjects import Subject


class FunctionCaller:
    """Call functions of a subject's by a ``convention``.

    ``is_open``: a derivative was found whose argument may be the input or the output.
    """

    def __init__(self, subject: Subject, told: Mapping[str, str]):
        self._subject, self._kind, self._told = subject, subject.kind, told
        self.convention = FunctionConvention()
        self.is_open = False
        self._arguments: dict[Any, dict[str, inspect.Parameter]] = {}  # by the function: asking Python takes time
        self._roles: dict[Any, dict[str, str]] = {}

    def role(self, name: str) -> str:
        """Return an argument's role by its name."""
        return role_of(name, self._kind, self._told)

    def arguments(self, function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
        """Return a function's parameters by name, without those that take whatever there is."""
        key = getattr(function, "__func__", function)
        if key not in self._arguments:
            self._arguments[key] = {n: p for n, p in signature_of(function).items() if p.kind not in VARIABLE}
        return self._arguments[key]

    def required(self, function: Callable[..., Any]) -> list[str]:
        """Return the names of the parameters without a default."""
        return [name for name, one in self.arguments(function).items() if one.default is one.empty]

    def call(
        self, function: Callable[..., Any], probe: FunctionProbe, known: Mapping[str, Any], deriv: bool = False
    ) -> Any:
        """Hand in each argument by its name, those of unknown names in the order that is tried.

        ``known`` is what the forward pass gave, empty of that pass itself.
        """
        order = list(self.convention.order)
        given: dict[str, Any] = {}
        positional: list[Any] = []
        unknown: list[str] = []
        arguments = self.arguments(function)
        roles = self._placed_roles(function, is_derivative=bool(known))
        for name, parameter in arguments.items():
            role = roles[name]
            if name in probe.settings:
                value = probe.settings[name]
                value = np.array(value) if isinstance(value, list | tuple) else value
            elif role == "deriv":
                value = deriv
            elif role == "cache" and "cache" in known:
                value = known["cache"] if known["cache"] is not None else self.input(probe, "z")
            elif role in ("z", "a", "y", "dout", "open", "input"):
                value = self._valued_input(role, probe, known)
                order = [one for one in order if one != role]
            elif parameter.default is not parameter.empty:
                continue
            elif order:
                value = self.input(probe, order.pop(0))
            else:
                unknown.append(name)
                continue
            if parameter.kind == parameter.POSITIONAL_ONLY:
                positional.append(value)
            else:
                given[name] = value
        if unknown:
            raise ask_about(unknown, self._subject.name, self._kind)
        return function(*positional, **given)

    def roles_by_place(self, function: Callable[..., Any], is_derivative: bool) -> dict[str, str]:
        """Return the roles of a function's arguments, by their names."""
        return self._placed_roles(function, is_derivative)

    def _placed_roles(self, function: Callable[..., Any], is_derivative: bool) -> dict[str, str]:
        key = getattr(function, "__func__", function), is_derivative
        if key not in self._roles:
            self._roles[key] = self._roles_of(self.arguments(function), is_derivative)
        return self._roles[key]

    def _roles_of(self, arguments: Mapping[str, inspect.Parameter], is_derivative: bool) -> dict[str, str]:
        roles = {name: self.role(name) for name in arguments}
        required = [name for name, one in arguments.items() if one.default is one.empty and roles[name] != "deriv"]
        if self._kind == "activation":
            self._place_activation(roles, required, is_derivative)
        elif len(required) == 2:
            place_pair(roles, required, is_derivative)
        elif len(required) > 2 and is_derivative and "dout" not in roles.values():
            twice = [name for name in required if roles[name] == "a"]
            if len(twice) > 1:
                roles[twice[0]] = "dout"
        return roles

    def _place_activation(self, roles: dict[str, str], required: list[str], is_derivative: bool) -> None:
        """Give the one input of a function its role; of a derivative the one whose name says nothing is open."""
        if not is_derivative:
            roles.update(dict.fromkeys(required[:1], "input"))
        elif len(required) == 1 and roles[required[0]] in ("z", "") and required[0] not in ("z", "Z"):
            roles[required[0]], self.is_open = "open", True
        elif len(required) == 2 and "dout" in roles.values():
            other = next((name for name in required if roles[name] != "dout"), required[-1])
            if "cache" in other:
                roles[other] = "cache"
            elif roles[other] == "" or other == "x":
                roles[other], self.is_open = "open", True

    def _valued_input(self, role: str, probe: FunctionProbe, known: Mapping[str, Any]) -> Any:
        if role == "input":
            return self.input(probe, "z")
        if role == "open":
            role = probe.given
        if self._kind == "activation" and role == "a":
            return known["out"] if "out" in known else self.input(probe, "z")
        if role == "dout":
            return self.made(self.turned(probe.dout))
        return self.input(probe, role)

    def input(self, probe: FunctionProbe, role: str) -> Any:
        """Return an input as the convention has it, copied. Raises CannotCall where the probe has none."""
        if role not in probe.inputs:
            raise CannotCall(f"nothing is known of {role}")
        value = self.turned(np.array(probe.inputs[role]))
        if role == "y" and value.dtype.kind == "i" and self.convention.one_hot:
            value = np.eye(probe.inputs["a"].shape[-1], dtype=probe.inputs["a"].dtype)[value]
        return self.made(value)

    def turned(self, value: Array) -> Array:
        """Return examples as the convention has them, or such as torch has them; the same both ways."""
        return value.T.copy() if self.convention.layout == "columns" else value

    def made(self, value: Array) -> Any:
        """Return a copy of an array, in the convention's kind of array."""
        return tensors.tensor(np.array(value)) if self.convention.tensors else np.array(value)
