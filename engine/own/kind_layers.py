"""A layer of a person's that normalizes, drops or looks up: in whichever form it is written."""

import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from types import ModuleType
from typing import Any

import numpy as np
from numpy import ndarray as Array

from . import tensors
from .kind_arrays import KindArrays, as_weight
from .kind_calls import KindCalls
from .kind_forms import (
    EVALUATED,
    GRADIENTS,
    RUNNING,
    SETTINGS,
    TRAINED,
    WEIGHTS,
    DescribedKind,
    KindProbe,
    OwnSetting,
    PassedKind,
)
from .kind_mode import modes_of, set_mode
from .layer_arrays import attribute, order_of
from .layer_orientation import Orientation
from .module_state import KeptState
from .optimizer_parts import CannotCall, as_array
from .roles import plain
from .source import Source
from .subjects import BACKWARD, FORWARD, Subject, first_method
from .unusable import Unusable, from_error, is_from

Guard = Callable[[], Any]
OUT = ("output", "outputs", "out", "y", "z", "Z")
DX = ("dinputs", "dinput", "dx", "dX", "d_inputs", "grad_input")
LAYOUTS = [("flat", False), ("row", False), ("column", True)]  # of a scale, and whether examples are columns
Handed = Mapping[str, Any]


class OwnKindLayer:
    """Call a user's layer of another kind than the dense one. Questions raise Unusable where the code fails them."""

    def __init__(
        self, source: Source, module: ModuleType | None, subject: Subject, told: Mapping[str, str], guard: Guard
    ):
        self._source, self._subject, self._guard = source, subject, guard
        self.module = module
        self.kept = KeptState(module) if module is not None else None
        self._calls = KindCalls(source, subject, told)
        self.on_step: Callable[[int], None] | None = None
        self._o = Orientation()
        self._arrays = KindArrays(self._calls)
        self.has_mode = False

    # --- finding a way ----------------------------------------------------------------------------

    def prepare(self, samples: Sequence[KindProbe]) -> DescribedKind:
        """Find a way to call it by which one of the probes comes to numbers of the right shape."""
        tried: list[BaseException] = []
        kinds = (True, False) if self._source.imports("torch") else (False,)
        for probe, as_tensors, (bias, columns), sizes in product(samples, kinds, LAYOUTS, (False, True)):
            if (probe.kind != "norm" and columns) or (sizes and not isinstance(self._subject.forward, type)):
                continue
            self._o = Orientation(False, columns, bias, as_tensors)
            self._calls.begin(probe.kind, self._o, as_tuples=sizes)
            self._arrays.begin(self._o)
            try:
                answer = self._answer(probe)
                answer = self._answer(probe)  # by what it asked its config for, if it has any
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt | Unusable):
                    raise
                tried.append(error)
                continue
            if answer["z"].shape == probe.inputs["dL_dz"].shape:
                return self._described(probe, answer)
            tried.append(CannotCall(f"its output has the shape {answer['z'].shape}"))
        own = [error for error in tried if is_from(error, self._source.file)]
        if own:
            raise from_error(own[0], self._source.file)
        raise Unusable(
            f"no way to call {self._subject.name} was found: {tried[0] if tried else ''}", self._subject.first
        )

    def _described(self, probe: KindProbe, answer: Mapping[str, Array]) -> DescribedKind:
        subject = self._subject
        weights = tuple(name for name in WEIGHTS[probe.kind] if self._calls.takes(name) or name in self._arrays.names)
        literals = self._source.literals(subject.first, subject.last)
        found = {one.role: one for one in self._calls.settings()}
        for literal in literals:
            role = self._calls.role(literal.name) if literal.name else ""
            if role in SETTINGS and role not in found:
                found[role] = OwnSetting(literal.name, role, literal.value, False, True, literal.line)
        return DescribedKind(
            "layer", subject.name, subject.form, probe.kind, weights, self.has_mode, RUNNING[0] in answer,
            tuple(found.values()), subject.first, subject.last, [(one.value, one.line) for one in literals],
            "\n".join(self._source.lines[subject.first - 1 : subject.last]), np.ndim(probe.inputs["x"]) == 1,
            probe.kind == "dropout" and self._calls.has_given_mask,
        )  # fmt: skip

    # --- asking -----------------------------------------------------------------------------------

    def run(self, probe: KindProbe) -> dict[str, Array]:
        """Return the output, the gradients, and what it remembers and makes of it evaluated, by role.

        Raises Unusable where the code fails.
        """
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
    def subject(self) -> Subject:
        return self._subject

    @property
    def calls(self) -> KindCalls:
        """Return what hands arguments to its functions."""
        return self._calls

    @property
    def arrays(self) -> KindArrays:
        """Return what sets and reads the arrays of its objects."""
        return self._arrays

    @property
    def orientation(self) -> Orientation:
        """Return how its arrays lie, once a way to call it was found."""
        return self._o

    @property
    def handed(self) -> frozenset[str]:
        """Return the attributes of an object that hold weights and averages, which each pass is handed."""
        return frozenset(name.partition(".")[0] for name in self._arrays.names.values())

    def begin(self) -> None:
        """Put the file's globals back as its top level left them."""
        if self.kept is not None:
            self.kept.restore()

    def _answer(self, probe: KindProbe) -> dict[str, Array]:
        self.begin()
        if self.on_step:
            self.on_step(TRAINED)
        with self._guard(), np.errstate(all="ignore"), _drawing_alike():
            thing, config = self.instance(probe), self.config(probe)
            passed = self.forward(probe, thing, config)
            answer = {"z": passed.z, **self.backward(passed, probe, config), **passed.running}
            if self.has_mode and "x_evaluated" in probe.inputs:
                if self.on_step:
                    self.on_step(EVALUATED)
                inputs = {**probe.inputs, **passed.running, "x": probe.inputs["x_evaluated"]}
                answer["evaluated"] = self.evaluate(probe._replace(inputs=inputs), thing, config)
            return answer

    def config(self, probe: KindProbe) -> dict[str, Any]:
        """Return a config as the code asks for it; an empty one where it asks for none."""
        return self._calls.config(probe)

    def instance(self, probe: KindProbe) -> Any:
        """Return an object of the code's class; None where it is no class that objects are made of."""
        kind = self._subject.forward
        if self._subject.form == "autograd function" or not isinstance(kind, type):
            return None
        thing = kind(**self._calls.of_constructor(kind, probe))
        if self._calls.is_lazy(thing, probe.kind):  # it makes its arrays in the first pass
            self.through(thing, probe, {}, training=True)
        return thing

    def forward(self, probe: KindProbe, thing: Any, config: dict[str, Any]) -> PassedKind:
        """Return the output in training at the probe's inputs; ``thing`` is an ``instance``."""
        if self._subject.form == "autograd function":
            return self._of_autograd(probe)
        if thing is not None:
            self._arrays.fill(thing, probe)
        elif self._subject.backward is None:
            raise Unusable(f"{self._subject.name} has no backward pass beside it", self._subject.first, code="form")
        answer, handed = self.through(thing, probe, config, training=True)
        out, cache, known = self._calls.sorted_out(answer)
        if thing is not None and out is None:
            out = attribute(thing, OUT)
        running = self._arrays.running(thing, known, config, handed)
        return PassedKind(self._back(out), cache, known, thing, running)

    def evaluate(self, probe: KindProbe, thing: Any, config: dict[str, Any]) -> Array:
        """Return the output where it is evaluated, as far as the code can be told so."""
        if self._subject.form == "autograd function":
            return self._of_autograd(probe).z
        if thing is not None:
            self._arrays.fill(thing, probe)
        answer, _ = self.through(thing, probe, config, training=False)
        out = answer[0] if isinstance(answer, tuple) else answer
        return self._back(attribute(thing, OUT) if out is None else out)

    def through(
        self, thing: Any, probe: KindProbe, config: dict[str, Any], *, training: bool
    ) -> tuple[Any, dict[str, Any]]:
        """Return what the code's forward pass gives, and what it was handed."""
        function = self._subject.forward
        told = self._calls.tell(config, training=training)
        if thing is not None:
            function = getattr(thing, first_method(type(thing), FORWARD))
            attributes = modes_of(vars(thing), {name: self._calls.role(name) for name in vars(thing)})
            told = set_mode(thing, attributes, self._calls.text, training=training) or told
        values = {**self._calls.values(probe), "param": config}
        if thing is not None:
            values = {role: value for role, value in values.items() if role not in self._arrays.names}
        handed = self._calls.arguments_of(function, values, probe.settings, {}, training=training)
        self.has_mode = told or self._calls.is_told(function)
        return function(**handed), handed

    def _of_autograd(self, probe: KindProbe) -> PassedKind:
        given = self._calls.in_order(self._subject.forward.forward, probe)
        out, led_back = tensors.led_through(self._subject.forward, given)
        return PassedKind(self._o.x_back(out), led_back=led_back)

    def _back(self, out: Any) -> Array:
        return self._o.x_back(out)

    # --- the way back -----------------------------------------------------------------------------

    def backward(self, passed: PassedKind, probe: KindProbe, config: dict[str, Any]) -> dict[str, Array]:
        """Return the gradients by role, from the probe's ``dL_dz``."""
        if passed.led_back is not None:
            dout = np.array(as_array(self._o.x(probe.inputs["dL_dz"])))
            return self._placed(passed.led_back(dout), probe)
        thing, answer = passed.thing, self.back(passed, probe, config)
        if thing is None:
            return self._placed(answer, probe)
        found = self._placed(answer, probe) if answer is not None else {}
        if "dL_dx" not in found and "dL_dx" in self._wanted(probe):
            found["dL_dx"] = self._back(attribute(thing, DX))
        return found | self._arrays.gradients(passed.thing, probe, found)

    def back(self, passed: PassedKind, probe: KindProbe, config: dict[str, Any]) -> Any:
        """Return what the code's way back gives, from the probe's ``dL_dz``."""
        values = {**self._calls.values(probe), "param": config, "lr": 1.0}
        values |= {"dout": self._o.x(probe.inputs["dL_dz"]), "cache": passed.cache}
        thing = passed.thing
        function = self._subject.backward if thing is None else getattr(thing, first_method(type(thing), BACKWARD))
        return function(**self._calls.arguments_of(function, values, probe.settings, passed.known, training=True))

    def _wanted(self, probe: KindProbe) -> tuple[str, ...]:
        weights = tuple(GRADIENTS[name] for name in WEIGHTS[probe.kind])
        return weights if probe.kind == "embedding" else ("dL_dx", *weights)

    def _placed(self, gradients: Any, probe: KindProbe) -> dict[str, Array]:
        """Return by role what the backward pass gives."""
        places = self.places(gradients, probe)
        return {role: self._turned_back(role, np.array(as_array(value)), probe) for role, _, value in places}

    def places(self, gradients: Any, probe: KindProbe) -> Iterator[tuple[str, Any, Any]]:
        """Yield the role, the key and the value of each part of what the backward pass gives.

        It goes by names where it is a dict, else by shapes, in the usual order; the key is None where it is one array.
        """
        parts: list[tuple[Any, Any]] = [(None, gradients)]
        if isinstance(gradients, dict):
            parts = [(key, gradients[key]) for key in sorted(gradients, key=_order)]
        elif isinstance(gradients, tuple | list):
            parts = [*enumerate(gradients)]
        wanted = list(self._wanted(probe))
        for key, value in parts:
            role = None if value is None else self._fitting(as_array(value), wanted, probe)
            if role is not None:
                wanted.remove(role)
                yield role, key, value

    def _fitting(self, value: Array, wanted: Sequence[str], probe: KindProbe) -> str | None:
        sizes = {role: probe.inputs["x" if role == "dL_dx" else name].size for role, name in _sources(wanted)}
        return next((role for role in wanted if sizes[role] == value.size), wanted[0] if wanted else None)

    def _turned_back(self, role: str, value: Any, probe: KindProbe) -> Array:
        return self._back(value) if role == "dL_dx" else as_weight(value, probe.inputs[dict(_sources([role]))[role]])


def _order(key: str) -> int:
    name = plain(key)
    return 1 if "gamma" in name or "scale" in name else 2 if "beta" in name or "shift" in name else order_of(key)


def _sources(roles: Sequence[str]) -> Iterator[tuple[str, str]]:
    weights = {role: name for name, role in GRADIENTS.items()}
    return ((role, weights.get(role, "x")) for role in roles)


@contextmanager
def _drawing_alike() -> Iterator[None]:
    """Have Python's shared generators begin alike, and draw afterwards what they would have drawn."""
    before, drawn = np.random.get_state(), random.getstate()  # own code's
    np.random.seed(0)
    random.seed(0)
    torch = sys.modules.get("torch")
    drawn_of_torch = None if torch is None else torch.get_rng_state()
    if torch is not None:
        torch.manual_seed(0)
    try:
        yield
    finally:
        if torch is not None:
            torch.set_rng_state(drawn_of_torch)
        np.random.set_state(before)
        random.setstate(drawn)
