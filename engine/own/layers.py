"""A layer of a person's: forward and backward over weights whose orientation is found out."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from . import tensors
from .function_forms import VARIABLE
from .layer_arrays import arrays_of, assign, attribute, flat, is_affine, is_gradient, last_part, order_of
from .layer_orientation import Orientation, orientations
from .module_state import KeptState
from .optimizer_parts import CannotCall, as_array
from .roles import role_of
from .settings import signature_of
from .source import Source
from .subjects import BACKWARD, FORWARD, Subject, first_method
from .unusable import Unusable, from_error, is_from

Guard = Callable[[], Any]
OUT = ("output", "outputs", "out", "y", "z", "Z")
DX = ("dinputs", "dinput", "dx", "dX", "d_inputs", "grad_input")
GRADIENTS = ("dL_dx", "dL_dW", "dL_db")
RATE = 1.0  # of a layer that updates itself: its gradient is how far its weights went


class LayerProbe(NamedTuple):
    """Ask a layer one question.

    ``inputs``: ``x`` (rows, in), ``W`` (out, in), ``b`` (out,), ``dL_dz`` (rows, out), as torch has them.
    """

    inputs: dict[str, Array]


class PassedLayer(NamedTuple):
    """Hold a layer's forward pass: ``z`` as torch has it, and what the way back needs.

    ``held`` names the arrays that ``thing``, where the code is a class, kept after it.
    """

    z: Array
    cache: Any = None
    thing: Any = None
    held: frozenset[str] = frozenset()
    led_back: Callable[[Array], list[Array]] | None = None


class DescribedLayer(NamedTuple):
    """Describe a layer as it was found; ``updates``: its backward pass takes the rate and moves the weights itself."""

    kind: str
    name: str
    form: str
    updates: bool
    has_bias: bool
    orientation: Orientation
    first: int
    last: int
    literals: list[tuple[float, int]]
    text: str
    is_square: bool


class OwnLayer:
    """Call a user's dense layer in whichever form it is written.

    Questions raise Unusable where the code fails them.
    """

    def __init__(
        self, source: Source, module: ModuleType | None, subject: Subject, told: Mapping[str, str], guard: Guard
    ):
        self._source, self._subject, self._told, self._guard = source, subject, told, guard
        self.module = module
        self.kept = KeptState(module) if module is not None else None
        self.on_step: Callable[[int], None] | None = None
        self.updates, self._has_bias, self._is_square = False, True, False
        self._names: dict[str, str | None] = {}  # of a class's arrays, by their roles
        self._known: dict[Any, list[tuple[str, str, bool]]] = {}
        self._o = Orientation()

    @property
    def subject(self) -> Subject:
        return self._subject

    @property
    def orientation(self) -> Orientation:
        """Return how its arrays lie, once a way to call it was found."""
        return self._o

    @property
    def names(self) -> Mapping[str, str | None]:
        """Return what an object calls its arrays, by their roles, as far as it was asked."""
        return self._names

    def role(self, name: str) -> str:
        """Return what an argument stands for, by its name."""
        return role_of(name, "layer", self._told)

    def prepare(self, samples: Sequence[dict[str, Array]]) -> DescribedLayer:
        """Find the orientation in which shapes fit and the forward pass is an affine map's, or nearly."""
        tried: list[BaseException] = []
        fallback: tuple[Orientation, bool] | None = None
        for sample, orientation in product(samples, list(orientations(self._source.imports("torch")))):
            self._try(orientation, sample["W"].shape[0] == sample["W"].shape[1])
            try:
                answer = self._answer(LayerProbe(sample))
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt | Unusable):
                    raise
                tried.append(error)
                continue
            if is_affine(sample, answer["z"]):
                return self._described()
            fallback = fallback or (orientation, self._is_square)
        if fallback is not None:
            self._try(*fallback)
            return self._described()
        own = [error for error in tried if is_from(error, self._source.file)]
        if own:
            raise from_error(own[0], self._source.file)
        raise Unusable(
            f"no way to call {self._subject.name} was found: {tried[0] if tried else ''}", self._subject.first
        )

    def _try(self, orientation: Orientation, is_square: bool) -> None:
        self._o, self._is_square, self.updates = orientation, is_square, False
        self._names = {}

    def _described(self) -> DescribedLayer:
        subject = self._subject
        literals = self._source.literals(subject.first, subject.last)
        return DescribedLayer(
            "layer", subject.name, subject.form, self.updates, self._has_bias, self._o, subject.first, subject.last,
            [(one.value, one.line) for one in literals],
            "\n".join(self._source.lines[subject.first - 1 : subject.last]),
            self._is_square,
        )  # fmt: skip

    def run(self, probe: LayerProbe) -> dict[str, Array]:
        """Return the output and the gradients by role, as torch has them. Raises Unusable where the code fails."""
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
        """Return the attributes of an object that hold its weights, which each pass is handed, and gradients."""
        return frozenset(name.partition(".")[0] for name in self._names.values() if name is not None)

    def begin(self) -> None:
        """Put the file's globals back as its top level left them."""
        if self.kept is not None:
            self.kept.restore()

    # --- calling ----------------------------------------------------------------------------------

    def _answer(self, probe: LayerProbe) -> dict[str, Array]:
        self.begin()
        if self.on_step:
            self.on_step(1)
        with self._guard(), np.errstate(all="ignore"):
            passed = self.forward(probe, self.instance(probe))
            return {"z": passed.z, **self.backward(passed, probe)}

    def _arrays(self, probe: LayerProbe) -> dict[str, Any]:
        given = probe.inputs
        makers = {"x": self._o.x, "W": self._o.w, "dL_dz": self._o.x, "b": self._o.b}
        roles = {"x": "x", "W": "w", "dL_dz": "dout", "b": "b"}
        return {roles[name]: make(given[name]) for name, make in makers.items() if name in given}

    def _called(self, function: Callable[..., Any], values: Mapping[str, Any]) -> Any:
        given: dict[str, Any] = {}
        unknown: list[str] = []
        for name, role, is_required in self._arguments(function):
            if role in values:
                given[name] = values[role]
            elif is_required:
                unknown.append(name)
        if unknown:
            raise CannotCall(f"it is not known what {', '.join(unknown)} stands for")
        return function(**given)

    def _arguments(self, function: Callable[..., Any]) -> list[tuple[str, str, bool]]:
        """Return a function's parameters: the name, the role, and whether it must be given."""
        key = getattr(function, "__func__", function)
        if key not in self._known:  # asking Python takes time
            self._known[key] = [
                (name, role_of(name, "layer", self._told), one.default is one.empty)
                for name, one in signature_of(function).items()
                if one.kind not in VARIABLE
            ]
        return self._known[key]

    def forward(self, probe: LayerProbe, thing: Any) -> PassedLayer:
        """Return the output at the probe's inputs; ``thing`` is an ``instance``."""
        values, subject = self._arrays(probe), self._subject
        if subject.form == "autograd function":
            given = [as_array(values[role]) for role in ("x", "w", "b") if role in values]
            out, led_back = tensors.led_through(subject.forward, given)
            return PassedLayer(self._o.x_back(out), led_back=led_back)
        if thing is not None:
            self._fill(thing, values)
            out = self._called(_bound(thing, FORWARD), {"x": values["x"], "mode": True})
            out = attribute(thing, OUT) if out is None else out[0] if isinstance(out, tuple) else out
            return PassedLayer(self._o.x_back(out), thing=thing, held=frozenset(arrays_of(thing)))
        if subject.backward is None:
            raise Unusable(f"{subject.name} has no backward pass beside it", subject.first, code="form")
        answer = self._called(subject.forward, values)
        out, cache = answer if isinstance(answer, tuple) and len(answer) == 2 else (answer, None)
        return PassedLayer(self._o.x_back(out), cache)

    def backward(self, passed: PassedLayer, probe: LayerProbe) -> dict[str, Array]:
        """Return the gradients by role, from the probe's ``dL_dz``."""
        values = self._arrays(probe)
        if passed.led_back is not None:
            backs = (self._o.x_back, self._o.w_back, flat)
            gradients = zip(GRADIENTS, backs, passed.led_back(as_array(values["dout"])), strict=False)
            return {role: back(value) for role, back, value in gradients}
        if passed.thing is not None:
            return self._backward_of_object(passed, probe, values)
        return self._sorted_out(self._called(self._subject.backward, {**values, "cache": passed.cache}), probe)

    def _sorted_out(self, gradients: Any, probe: LayerProbe) -> dict[str, Array]:
        """Return by role what the backward pass gives: by name where it is a dict, else in the usual order."""
        if isinstance(gradients, dict):
            gradients = [gradients[key] for key in sorted(gradients, key=order_of)]
        if not isinstance(gradients, tuple | list):
            gradients = (gradients,)
        backs = {"dL_dx": self._o.x_back, "dL_dW": self._o.w_back, "dL_db": flat}
        placed = zip(self._placed(gradients, probe), gradients, strict=True)
        return {role: backs[role](value) for role, value in placed if role}

    def _placed(self, gradients: Sequence[Any], probe: LayerProbe) -> list[str]:
        """Which gradient is which: by its shape, else x, W, b."""
        shapes = {
            "dL_dx": np.shape(self._o.x(probe.inputs["x"])),
            "dL_dW": np.shape(self._o.w(probe.inputs["W"])),
            "dL_db": np.shape(self._o.b(probe.inputs["b"])) if "b" in probe.inputs else None,
        }
        roles: list[str] = []
        for place, value in enumerate(gradients):
            shape = np.shape(as_array(value))
            fitting = [role for role, wanted in shapes.items() if wanted == shape and role not in roles]
            usual = GRADIENTS[place] if place < len(GRADIENTS) else ""
            roles.append(usual if usual in fitting or not fitting else fitting[0])
        return roles

    # --- classes ----------------------------------------------------------------------------------

    def instance(self, probe: LayerProbe) -> Any:
        """Return an object of the code's class; None where it is no class that objects are made of."""
        thing = self._subject.forward
        if self._subject.form == "autograd function" or not isinstance(thing, type):
            return None
        values = self._arrays(probe)
        out, inputs = probe.inputs["W"].shape
        given: dict[str, Any] = {}
        sizes = [inputs, out]
        for name, parameter in signature_of(thing).items():
            role = role_of(name, "layer", self._told)
            if parameter.kind in VARIABLE:
                continue
            if role in ("w", "b") and parameter.default is parameter.empty and role in values:
                given[name] = values[role]
            elif role == "lr" and parameter.default is parameter.empty:
                given[name] = RATE
            elif role in ("n_in", "n_out"):
                given[name] = inputs if role == "n_in" else out
            elif parameter.default is parameter.empty and sizes:
                given[name] = sizes[len([one for one in given if one not in values]) % 2]
        return thing(**given)

    def fill(self, thing: Any, probe: LayerProbe) -> None:
        """Set the weight and the bias that the object holds to the probe's."""
        self._fill(thing, self._arrays(probe))

    def _fill(self, thing: Any, values: Mapping[str, Any]) -> None:
        for role in ("w", "b"):
            if role not in values:
                continue
            if role not in self._names:
                self._names[role] = self._holder_of(arrays_of(thing), values[role], role)
            if (name := self._names[role]) is not None:
                assign(thing, name, values[role])
        if "b" in values:
            self._has_bias = self._names["b"] is not None

    def _holder_of(self, held: Mapping[str, Any], value: Any, role: str) -> str | None:
        """Name the array that an object has for a weight or a bias: the one of its name, else of its shape."""
        shape = np.shape(as_array(value))
        named = [n for n in held if role_of(last_part(n), "layer", self._told) == role]
        fitting = [n for n in named if np.shape(as_array(held[n])) == shape]
        fitting = fitting or [n for n, one in held.items() if np.shape(as_array(one)) == shape and role == "w"]
        if not fitting and (named or role == "w"):
            raise CannotCall("its weights have another shape")
        return fitting[0] if fitting else None

    def _backward_of_object(
        self, passed: PassedLayer, probe: LayerProbe, values: Mapping[str, Any]
    ) -> dict[str, Array]:
        thing = passed.thing
        dx = self._called(_bound(thing, BACKWARD), {"dout": values["dout"], "lr": RATE, "x": values["x"]})
        rest: dict[str, Array] = {}
        if isinstance(dx, tuple):
            rest, dx = self._sorted_out(dx, probe), dx[0]
        dx = attribute(thing, DX) if dx is None else dx
        found = {"dL_dx": self._o.x_back(dx), **rest}
        for role, own, back in (("dL_dW", "w", self._o.w_back), ("dL_db", "b", flat)):
            name = self._names.get(own)
            if name is not None and role not in found:
                found |= self._gradient(role, name, back, passed, probe)
        return found

    def _gradient(
        self, role: str, name: str, back: Callable[[Any], Array], passed: PassedLayer, probe: LayerProbe
    ) -> dict[str, Array]:
        """Find a gradient that the object keeps: an attribute or entry named as one; else how far it went."""
        now = arrays_of(passed.thing)
        if role not in self._names:
            self._names[role] = _named_gradient(now, name, passed.held)
        if (gradient := self._names[role]) is not None:
            return {role: back(now[gradient])}
        given, moved = probe.inputs["W" if role == "dL_dW" else "b"], back(now[name])
        if moved.shape != given.shape or np.array_equal(moved, given):
            return {role: np.zeros_like(given)} if self.updates else {}
        self.updates = True
        return {role: (given - moved) / RATE}


def _named_gradient(now: Mapping[str, Any], weight: str, held: frozenset[str]) -> str | None:
    """Name the array that is a weight's gradient: of its shape, and named as one or made on the way back."""
    shape = np.shape(as_array(now[weight]))
    fitting = [
        n for n, one in now.items()
        if n != weight and np.shape(as_array(one)) == shape and (n not in held or is_gradient(n))
    ]  # fmt: skip
    return next((n for n in fitting if is_gradient(n)), next((n for n in fitting if n not in held), None))


def _bound(thing: Any, names: Sequence[str]) -> Callable[..., Any]:
    """Return the first of the object's methods of these names."""
    return getattr(thing, first_method(type(thing), tuple(names)))
