"""An activation or a loss of a person's: a function and its derivative, in whichever form they are written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from . import tensors
from .function_caller import FunctionCaller
from .function_forms import (
    KNOWN,
    OF_TORCH,
    SLOPES,
    VALUES,
    DescribedFunction,
    FunctionConvention,
    FunctionProbe,
    is_share,
    led_back_by,
    numbers_of,
)
from .layer_arrays import attribute
from .module_state import KeptState
from .optimizer_parts import CannotCall
from .roles import role_of
from .settings import signature_of
from .source import Source
from .subjects import BACKWARD, FORWARD, Subject, first_method
from .unusable import Unusable, from_error, is_from

Guard = Callable[[], Any]


class Passed(NamedTuple):
    """Hold a forward pass: its ``value``, as the code gave it ``out``, and what else came out, the ``cache``.

    ``thing`` is the object that made it, where the code is a class; ``led_back`` autograd's way back, where it is
    autograd's. ``rows`` are the passes of each row, where each is handed over by itself.
    """

    value: Array
    out: Any = None
    cache: Any = None
    thing: Any = None
    led_back: Callable[[Array], Array] | None = None
    rows: tuple["Passed", ...] = ()

    @property
    def known(self) -> dict[str, Any]:
        """Return what a derivative may ask for."""
        return {"out": self.out, "cache": self.cache}


class OwnFunction:
    """Call a user's activation or loss, a function or a class, in whichever form it is written.

    Questions raise Unusable where the code fails them.
    """

    def __init__(
        self, source: Source, module: ModuleType | None, subject: Subject, told: Mapping[str, str], guard: Guard
    ):
        self._source, self._subject, self._told, self._guard = source, subject, told, guard
        self.module = module
        self.kept = KeptState(module) if module is not None else None
        self.on_step: Callable[[int], None] | None = None
        self._kind = subject.kind
        self._caller = FunctionCaller(subject, told)
        self._has_derivative = False

    @property
    def caller(self) -> FunctionCaller:
        """Return what calls its functions, once a way was found."""
        return self._caller

    @property
    def subject(self) -> Subject:
        return self._subject

    def prepare(self, samples: Sequence[dict[str, Array]]) -> DescribedFunction:
        """Find a way to call it that takes one of the sample inputs."""
        tried: list[BaseException] = []
        fallback: FunctionConvention | None = None
        for sample, convention in product(samples, list(self._conventions())):
            of_rows = "of_rows" in sample
            if convention.layout != "rows" and not of_rows:
                continue
            self._caller.convention = convention
            a = sample["z"] if "z" in sample else sample["a"]
            try:
                answer = self._answer(FunctionProbe(sample, np.ones_like(a), of_rows=of_rows))
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt | Unusable):
                    raise
                tried.append(error)
                continue
            self._has_derivative = len(answer) > 1
            if not of_rows or (answer["a"].shape == a.shape and is_share(answer["a"])):
                return self._described()
            fallback = fallback or convention
        if fallback is not None:
            self._caller.convention = fallback
            return self._described()
        own = [error for error in tried if is_from(error, self._source.file)]
        if own or not tried:
            raise from_error(own[0] if own else ValueError("it cannot be called"), self._source.file)
        raise Unusable(f"no way to call {self._subject.name} was found: {tried[0]}", self._subject.first)

    def run(self, probe: FunctionProbe) -> dict[str, Array]:
        """Return the value and the derivative by role. Raises Unusable where the code fails."""
        try:
            return self._answer(probe)
        except BaseException as error:
            raise self.words_of(error) from None

    def words_of(self, error: BaseException) -> BaseException:
        """Return what own code raised with its own line, as Unusable; an interruption as it is."""
        if isinstance(error, KeyboardInterrupt | Unusable):
            return error
        if isinstance(error, CannotCall):
            return Unusable(str(error), self._subject.first)
        return from_error(error, self._source.file)

    @property
    def handed(self) -> frozenset[str]:
        """Return the attributes of an object that each pass is handed: none."""
        return frozenset()

    def begin(self) -> None:
        """Put the file's globals back as its top level left them."""
        if self.kept is not None:
            self.kept.restore()

    def _described(self) -> DescribedFunction:
        subject = self._subject
        literals = self._source.literals(subject.first, subject.last)
        settings = {name: value for _, function in self._functions() for name, value in self._settings(function)}
        return DescribedFunction(
            self._kind, subject.name, subject.form, self._caller.is_open, self.is_product, settings, subject.first,
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
            is_torchs = name in OF_TORCH and parameter.default is not parameter.empty
            if role not in KNOWN[self._kind] and (isinstance(parameter.default, int | float) or is_torchs):
                yield name, parameter.default

    def _conventions(self) -> Iterator[FunctionConvention]:
        """Orders of the arguments, classes as numbers or rows, arrays or tensors."""
        orders: list[tuple[str, ...]] = [("a", "y"), ("y", "a")] if self._kind == "loss" else [("z",)]
        with_tensors = (True, False) if self._source.imports("torch") else (False,)
        layouts = ("rows",) if self._kind == "loss" else ("rows", "columns", "each")
        for as_tensors, one_hot, order, layout in product(
            with_tensors, (False, True) if self._kind == "loss" else (False,), orders, layouts
        ):
            yield FunctionConvention(order, one_hot, as_tensors, layout)

    # --- calling ----------------------------------------------------------------------------------

    def _answer(self, probe: FunctionProbe) -> dict[str, Array]:
        self.begin()
        if self.on_step:
            self.on_step(1)
        with self._guard(), np.errstate(all="ignore"):
            passed = self.forward(probe, self.instance(probe))
            if probe.of_rows:
                return {"a": passed.value, **self._led_back(passed, probe)}
            slope = self.slope(passed, probe)
            answer = {"a" if self._kind == "activation" else "loss": passed.value}
            if slope is not None:
                answer["da_dz" if self._kind == "activation" else "dL_da"] = slope
            if self.is_product:
                answer["dL_dz"] = self.product(passed, probe)
            return answer

    def _led_back(self, passed: Passed, probe: FunctionProbe) -> dict[str, Array]:
        """Return dL_dz of an activation of whole rows, where the code has any derivative."""
        if not self.is_product and self.slope(passed, probe) is None:
            return {}
        return {"dL_dz": self.product(passed, probe)}

    @property
    def _is_autograd(self) -> bool:
        return self._subject.form == "autograd function"

    def instance(self, probe: FunctionProbe) -> Any:
        """Return an object of the code's class; None where it is no class that objects are made of."""
        thing = self._subject.forward
        if self._is_autograd or not isinstance(thing, type):
            return None
        return thing(**{name: probe.settings[name] for name in signature_of(thing) if name in probe.settings})

    def forward(self, probe: FunctionProbe, thing: Any) -> Passed:
        """Return the value at the probe's inputs; ``thing`` is an ``instance``."""
        if self._caller.convention.layout == "each" and probe.inputs["z"].ndim > 1:
            rows = tuple(self.forward(one, thing) for one in _rows_of(probe))
            return Passed(np.stack([row.value for row in rows]), rows=rows, thing=thing)
        if self._is_autograd:
            roles = ("z",) if self._kind == "activation" else ("a", "y")
            value, led_back = tensors.applied(self._subject.forward, [probe.inputs[role] for role in roles])
            return Passed(value, led_back=led_back)
        function = self._subject.forward if thing is None else getattr(thing, _method(thing, FORWARD))
        out, cache = self._valued(self._caller.call(function, probe, {}))
        if out is None and thing is not None:
            out = attribute(thing, VALUES)
        return Passed(self._turned(numbers_of(out)), out, cache, thing)

    def _turned(self, value: Array) -> Array:
        """Return what is made of examples as torch has it."""
        return self._caller.turned(value) if value.ndim == 2 else value

    def _valued(self, answer: Any) -> tuple[Any, Any]:
        """Split an answer into the value and what else came out."""
        if isinstance(answer, tuple | list) and len(answer) == 2 and not np.isscalar(answer):
            first, second = answer
            if self._kind == "loss" and np.ndim(first) == 2 and np.ndim(second) < 2:
                return second, first
            return first, second
        return answer, None

    # --- the way back -----------------------------------------------------------------------------

    @cached_property
    def is_product(self) -> bool:
        """Return whether an activation's derivative takes in what comes from behind, and gives the product of both."""
        if self._kind != "activation":
            return False
        forward = self._subject.forward
        if self._is_autograd:
            return True
        if isinstance(forward, type):
            backward = _method(forward, BACKWARD)
            arguments = self._caller.required(getattr(forward, backward))
            is_usual = len(arguments) == 1 and backward in ("backward", "delta")
            return is_usual or "dout" in map(self._caller.role, arguments)
        function = self._subject.backward or forward
        return "dout" in [self._caller.role(name) for name in self._caller.arguments(function)]

    def product(self, passed: Passed, probe: FunctionProbe) -> Array:
        """Return what an activation's code makes of ``probe.dout``, which comes from behind: dL_dz.

        Where the derivative takes nothing in, that is its product with it.
        """
        if passed.rows:
            pairs = zip(passed.rows, _rows_of(probe), strict=True)
            return np.stack([self.product(row, one) for row, one in pairs])
        slope = self.slope(passed, probe, probe.dout)
        assert slope is not None
        if self.is_product:
            return slope
        return led_back_by(slope, probe.dout)

    def slope(self, passed: Passed, probe: FunctionProbe, dout: Array | None = None) -> Array | None:
        """Return da_dz of an activation, dL_da of a loss; None where the code has no derivative.

        ``dout`` is what comes from behind, where the derivative takes it in; None: ones.
        """
        if dout is None:
            dout = np.ones_like(probe.dout) if self._kind == "activation" else np.ones(())
        if passed.rows:
            slopes = [self.slope(row, one) for row, one in zip(passed.rows, _rows_of(probe), strict=True)]
            return None if any(one is None for one in slopes) else np.stack([one for one in slopes if one is not None])
        if passed.led_back is not None:
            return passed.led_back(dout if self._kind == "activation" else np.ones_like(passed.value))
        if passed.thing is not None:
            return self._turned(self._slope_of_object(passed, probe, dout))
        slope = self._slope_of_function(passed, probe._replace(dout=dout) if self._kind == "activation" else probe)
        return None if slope is None else self._turned(slope)

    def _slope_of_function(self, passed: Passed, probe: FunctionProbe) -> Array | None:
        forward, backward = self._subject.forward, self._subject.backward
        if backward is not None:
            return self._first_array(self._caller.call(backward, probe, passed.known))
        if any(self._caller.role(name) == "deriv" for name in self._caller.arguments(forward)):
            return self._first_array(self._caller.call(forward, probe, passed.known, deriv=True))
        if self._kind == "loss" and passed.cache is not None:
            return _gradient(passed.cache)
        return None

    def _slope_of_object(self, passed: Passed, probe: FunctionProbe, dout: Array) -> Array:
        name = _method(passed.thing, BACKWARD)
        backward, caller = getattr(passed.thing, name), self._caller
        arguments = caller.required(backward)
        is_handed = self.is_product or (self._kind == "loss" and caller.role("".join(arguments)) in ("dout", ""))
        if len(arguments) == 1 and is_handed:
            slope = backward(caller.made(caller.turned(dout)))
        elif (
            self._kind == "loss"
            and len(arguments) == 2
            and name == "backward"
            and caller.role(arguments[0]) in ("dout", "a")
        ):
            slope = backward(caller.input(probe, "a"), caller.input(probe, "y"))
        else:
            probe = probe._replace(dout=dout) if self._kind == "activation" else probe
            slope = caller.call(backward, probe, passed.known)
        return self._first_array(attribute(passed.thing, SLOPES) if slope is None else slope)

    @staticmethod
    def _first_array(value: Any) -> Array:
        is_several = isinstance(value, tuple) and value and np.ndim(value[0]) > 0 and not np.isscalar(value[0])
        return _gradient(value[0] if is_several else value)


def _rows_of(probe: FunctionProbe) -> list[FunctionProbe]:
    """Return a probe of each row by itself."""
    rows = zip(probe.inputs["z"], np.broadcast_to(probe.dout, probe.inputs["z"].shape), strict=True)
    return [probe._replace(inputs={"z": z}, dout=dout) for z, dout in rows]


def _gradient(value: Any) -> Array:
    return numbers_of(next(iter(value.values())) if isinstance(value, dict) else value)


def _method(thing: Any, names: Sequence[str]) -> str:
    """Return the first of the names that a class, or an object's, has a method of."""
    return first_method(thing if isinstance(thing, type) else type(thing), tuple(names))
