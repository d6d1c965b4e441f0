"""An activation or a loss of a person's: a function and its derivative, in whichever form they are written."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from types import ModuleType
from typing import Any

import numpy as np
from numpy import ndarray as Array

from . import tensors
from .function_forms import (
    KNOWN,
    SLOPES,
    VALUES,
    VARIABLE,
    DescribedFunction,
    FunctionConvention,
    FunctionProbe,
    numbers_of,
    place_pair,
)
from .layer_arrays import attribute
from .module_state import KeptState
from .optimizer_parts import CannotCall, ask_about
from .roles import role_of
from .settings import signature_of
from .source import Source
from .subjects import BACKWARD, FORWARD, Subject
from .unusable import Unusable, from_error, is_from

Guard = Callable[[], Any]


class OwnFunction:
    """Call a user's activation or loss, a function or a class, in whichever form it is written.

    Questions raise Unusable where the code fails them.
    """

    def __init__(
        self, source: Source, module: ModuleType | None, subject: Subject, told: Mapping[str, str], guard: Guard
    ):
        self._source, self._subject, self._told, self._guard = source, subject, told, guard
        self._kept = KeptState(module) if module is not None else None
        self.on_step: Callable[[int], None] | None = None
        self._kind = subject.kind
        self._is_open = self._is_product = self._has_derivative = False

    def prepare(self, samples: Sequence[dict[str, Array]]) -> DescribedFunction:
        """Find a way to call it that takes one of the sample inputs."""
        tried: list[BaseException] = []
        for sample, convention in product(samples, list(self._conventions())):
            self._convention = convention
            a = sample["z"] if "z" in sample else sample["a"]
            try:
                answer = self._answer(FunctionProbe(sample, np.ones_like(a)))
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt | Unusable):
                    raise
                tried.append(error)
                continue
            self._has_derivative = len(answer) > 1
            return self._described()
        own = [error for error in tried if is_from(error, self._source.file)]
        if own or not tried:
            raise from_error(own[0] if own else ValueError("it cannot be called"), self._source.file)
        raise Unusable(f"no way to call {self._subject.name} was found: {tried[0]}", self._subject.first)

    def run(self, probe: FunctionProbe) -> dict[str, Array]:
        """Return the value and the derivative by role. Raises Unusable where the code fails."""
        try:
            return self._answer(probe)
        except (KeyboardInterrupt, Unusable):
            raise
        except CannotCall as error:
            raise Unusable(str(error), self._subject.first) from None
        except BaseException as error:
            raise from_error(error, self._source.file) from None

    def _described(self) -> DescribedFunction:
        subject = self._subject
        literals = self._source.literals(subject.first, subject.last)
        settings = {name: value for _, function in self._functions() for name, value in self._settings(function)}
        return DescribedFunction(
            self._kind, subject.name, subject.form, self._is_open, self._is_product, settings, subject.first,
            subject.last, [(one.value, one.line) for one in literals],
            "\n".join(self._source.lines[subject.first - 1 : subject.last]), self._has_derivative,
        )  # fmt: skip

    def _functions(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        for part in (self._subject.forward, self._subject.backward):
            if part is not None:
                yield getattr(part, "__name__", ""), part

    def _settings(self, function: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
        for name, parameter in signature_of(function).items():
            role = role_of(name, self._kind, self._told)
            if role not in KNOWN[self._kind] and isinstance(parameter.default, int | float):
                yield name, parameter.default

    def _conventions(self) -> Iterator[FunctionConvention]:
        """Orders of the arguments, classes as numbers or rows, arrays or tensors."""
        orders: list[tuple[str, ...]] = [("a", "y"), ("y", "a")] if self._kind == "loss" else [("z",)]
        with_tensors = (True, False) if self._source.imports("torch") else (False,)
        for as_tensors, one_hot, order in product(
            with_tensors, (False, True) if self._kind == "loss" else (False,), orders
        ):
            yield FunctionConvention(order, one_hot, as_tensors)

    # --- calling ----------------------------------------------------------------------------------

    def _answer(self, probe: FunctionProbe) -> dict[str, Array]:
        if self._kept is not None:
            self._kept.restore()
        if self.on_step:
            self.on_step(1)
        forward = self._subject.forward
        with self._guard(), np.errstate(all="ignore"):
            if self._subject.form == "autograd function":
                return self._through_autograd(forward, probe)
            if isinstance(forward, type):
                return self._of_class(forward, probe)
            return self._of_functions(forward, self._subject.backward, probe)

    def _of_functions(self, forward: Callable[..., Any], backward: Any, probe: FunctionProbe) -> dict[str, Array]:
        value, cache = self._valued(self._call(forward, probe, {}))
        value_name = "a" if self._kind == "activation" else "loss"
        known = {"out": value, "cache": cache}
        if backward is not None:
            return {value_name: numbers_of(value), **self._slope(backward, probe, known)}
        if any(role_of(name, self._kind, self._told) == "deriv" for name in signature_of(forward)):
            return {value_name: numbers_of(value), **self._slope(forward, probe, known, deriv=True)}
        if self._kind == "loss" and cache is not None:
            return {value_name: numbers_of(value), "dL_da": self._gradient(cache)}
        return {value_name: numbers_of(value)}

    def _valued(self, answer: Any) -> tuple[Any, Any]:
        """Split an answer into the value and what else came out."""
        if isinstance(answer, tuple | list) and len(answer) == 2 and not np.isscalar(answer):
            first, second = answer
            if self._kind == "loss" and np.ndim(first) == 2 and np.ndim(second) < 2:
                return second, first
            return first, second
        return answer, None

    def _gradient(self, value: Any) -> Array:
        if isinstance(value, dict):
            value = next(iter(value.values()))
        return numbers_of(value)

    def _slope(self, function: Callable[..., Any], probe: FunctionProbe, known: Mapping[str, Any], deriv: bool = False):
        roles = [self._role(name) for name in signature_of(function)]
        name = "da_dz" if self._kind == "activation" else "dL_da"
        if self._kind == "activation" and "dout" in roles:
            self._is_product = True
            ones = probe._replace(dout=np.ones_like(probe.dout))
            slope = self._first_array(self._call(function, ones, known, deriv=deriv))
            return {name: slope, "dL_dz": self._first_array(self._call(function, probe, known, deriv=deriv))}
        return {name: self._first_array(self._call(function, probe, known, deriv=deriv))}

    def _first_array(self, value: Any) -> Array:
        if (
            isinstance(value, tuple | list)
            and value
            and np.ndim(value[0]) > 0
            and not np.isscalar(value[0])
            and isinstance(value, tuple)
        ):
            value = value[0]
        return self._gradient(value)

    def _role(self, name: str) -> str:
        return role_of(name, self._kind, self._told)

    def _call(self, function: Callable[..., Any], probe: FunctionProbe, known: Mapping[str, Any], deriv: bool = False):
        """Hand in each argument by its name, those of unknown names in the order that is tried."""
        order = list(self._convention.order)
        given: dict[str, Any] = {}
        positional: list[Any] = []
        unknown: list[str] = []
        arguments = {n: p for n, p in signature_of(function).items() if p.kind not in VARIABLE}
        roles = self._roles_of(arguments, is_derivative=bool(known))
        for name, parameter in arguments.items():
            role = roles[name]
            if name in probe.settings:
                value = probe.settings[name]
            elif role == "deriv":
                value = deriv
            elif role == "cache" and "cache" in known:
                value = known["cache"] if known["cache"] is not None else self._input(probe, "z")
            elif role in ("z", "a", "y", "dout", "open", "input"):
                value = self._valued_input(role, probe, known)
                order = [one for one in order if one != role]
            elif parameter.default is not parameter.empty:
                continue
            elif order:
                value = self._input(probe, order.pop(0))
            else:
                unknown.append(name)
                continue
            if parameter.kind == parameter.POSITIONAL_ONLY:
                positional.append(value)
            else:
                given[name] = value
        if unknown:
            raise ask_about(unknown, self._subject.name)
        return function(*positional, **given)

    def _roles_of(self, arguments: Mapping[str, inspect.Parameter], is_derivative: bool) -> dict[str, str]:
        roles = {name: self._role(name) for name in arguments}
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
            roles[required[0]], self._is_open = "open", True
        elif len(required) == 2 and "dout" in roles.values():
            other = next((name for name in required if roles[name] != "dout"), required[-1])
            if "cache" in other:
                roles[other] = "cache"
            elif roles[other] == "" or other == "x":
                roles[other], self._is_open = "open", True

    def _valued_input(self, role: str, probe: FunctionProbe, known: Mapping[str, Any]) -> Any:
        if role == "input":
            return self._input(probe, "z")
        if role == "open":
            role = probe.given
        if self._kind == "activation" and role == "a":
            return known["out"] if "out" in known else self._input(probe, "z")
        if role == "dout":
            return self._made(probe.dout)
        return self._input(probe, role)

    def _input(self, probe: FunctionProbe, role: str) -> Any:
        if role not in probe.inputs:
            raise CannotCall(f"nothing is known of {role}")
        value = np.array(probe.inputs[role])
        if role == "y" and value.dtype.kind == "i" and self._convention.one_hot:
            value = np.eye(probe.inputs["a"].shape[-1], dtype=probe.inputs["a"].dtype)[value]
        return self._made(value)

    def _made(self, value: Array) -> Any:
        return tensors.tensor(np.array(value)) if self._convention.tensors else np.array(value)

    # --- classes ----------------------------------------------------------------------------------

    def _of_class(self, thing: type, probe: FunctionProbe) -> dict[str, Array]:
        taken = {name: probe.settings[name] for name in signature_of(thing) if name in probe.settings}
        instance = thing(**taken)
        methods = {name for base in thing.__mro__[:-1] for name in vars(base)}
        forward = next(name for name in FORWARD if name in methods)
        backward = next(name for name in BACKWARD if name in methods)
        answer = self._call(getattr(instance, forward), probe, {})
        value, cache = self._valued(answer)
        if value is None:
            value = attribute(instance, VALUES)
        value_name = "a" if self._kind == "activation" else "loss"
        known = {"out": value, "cache": cache}
        found = getattr(instance, backward)
        arguments = [n for n, p in signature_of(found).items() if p.default is p.empty and p.kind not in VARIABLE]
        if self._kind == "activation" and len(arguments) == 1 and backward in ("backward", "delta"):
            self._is_product = True
            slopes = [
                self._handed(instance, found, np.ones_like(probe.dout)),
                self._handed(instance, found, probe.dout),
            ]
            return {value_name: numbers_of(value), "da_dz": slopes[0], "dL_dz": slopes[1]}
        if self._kind == "loss" and len(arguments) == 1 and self._role(arguments[0]) in ("dout", ""):
            return {value_name: numbers_of(value), "dL_da": self._handed(instance, found, np.ones(()))}
        if (
            self._kind == "loss"
            and len(arguments) == 2
            and backward == "backward"
            and self._role(arguments[0]) in ("dout", "a")
        ):
            given = [self._input(probe, "a"), self._input(probe, "y")]
            slope = found(*given)
        else:
            slope = self._call(found, probe, known)
        if slope is None:
            slope = attribute(instance, SLOPES)
        return {
            value_name: numbers_of(value),
            ("da_dz" if self._kind == "activation" else "dL_da"): self._first_array(slope),
        }

    def _handed(self, instance: Any, backward: Callable[..., Any], dout: Array) -> Array:
        slope = backward(self._made(dout))
        return self._first_array(attribute(instance, SLOPES) if slope is None else slope)

    def _through_autograd(self, thing: Any, probe: FunctionProbe) -> dict[str, Array]:
        """Ask a ``torch.autograd.Function``: its derivative is what autograd makes of it."""
        leading = "z" if self._kind == "activation" else "a"
        value, slope = tensors.applied(thing, [probe.inputs[leading], *([probe.inputs["y"]] if leading == "a" else [])])
        if leading == "a":
            return {"loss": value, "dL_da": slope(np.ones_like(value))}
        self._is_product = True
        return {"a": value, "da_dz": slope(np.ones_like(value)), "dL_dz": slope(probe.dout)}
