"""A layer of a person's: forward and backward over weights whose orientation is found out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from . import tensors
from .function_forms import VARIABLE
from .layer_arrays import arrays_of, assign, attribute, flat, is_affine, is_gradient, last_part, order_of
from .module_state import KeptState
from .optimizer_parts import CannotCall, as_array
from .roles import role_of
from .settings import signature_of
from .source import Source
from .subjects import BACKWARD, FORWARD, Subject
from .unusable import Unusable, from_error, is_from

Guard = Callable[[], Any]
OUT = ("output", "outputs", "out", "y", "z", "Z")
DX = ("dinputs", "dinput", "dx", "dX", "d_inputs", "grad_input")
RATE = 1.0  # of a layer that updates itself: its gradient is how far its weights went


class LayerProbe(NamedTuple):
    """Ask a layer one question.

    ``inputs``: ``x`` (rows, in), ``W`` (out, in), ``b`` (out,), ``dL_dz`` (rows, out), as torch has them.
    """

    inputs: dict[str, Array]


class Orientation(NamedTuple):
    """Tell how a layer lays out its arrays.

    ``turned``: weights are (in, out); ``columns``: examples are columns; ``bias``: its shape as code has it.
    """

    turned: bool = True
    columns: bool = False
    bias: str = "flat"
    tensors: bool = False


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
        self._kept = KeptState(module) if module is not None else None
        self.on_step: Callable[[int], None] | None = None
        self._updates, self._has_bias, self._is_square = False, True, False
        self._o = Orientation()

    def prepare(self, samples: Sequence[dict[str, Array]]) -> DescribedLayer:
        """Find the orientation in which shapes fit and the forward pass is an affine map's, or nearly."""
        tried: list[BaseException] = []
        fallback: tuple[Orientation, bool] | None = None
        for sample, orientation in product(samples, list(self._orientations())):
            self._o = orientation
            self._is_square = sample["W"].shape[0] == sample["W"].shape[1]
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
            self._o, self._is_square = fallback
            return self._described()
        own = [error for error in tried if is_from(error, self._source.file)]
        if own:
            raise from_error(own[0], self._source.file)
        raise Unusable(
            f"no way to call {self._subject.name} was found: {tried[0] if tried else ''}", self._subject.first
        )

    def _described(self) -> DescribedLayer:
        subject = self._subject
        literals = self._source.literals(subject.first, subject.last)
        return DescribedLayer(
            "layer", subject.name, subject.form, self._updates, self._has_bias, self._o, subject.first, subject.last,
            [(one.value, one.line) for one in literals],
            "\n".join(self._source.lines[subject.first - 1 : subject.last]),
            self._is_square,
        )  # fmt: skip

    def run(self, probe: LayerProbe) -> dict[str, Array]:
        """Return the output and the gradients by role, as torch has them. Raises Unusable where the code fails."""
        try:
            return self._answer(probe)
        except (KeyboardInterrupt, Unusable):
            raise
        except CannotCall as error:
            raise Unusable(str(error), self._subject.first) from None
        except BaseException as error:
            raise from_error(error, self._source.file) from None

    def _orientations(self) -> Iterator[Orientation]:
        with_tensors = (True, False) if self._source.imports("torch") else (False,)
        for as_tensors, columns, turned, bias in product(
            with_tensors, (False, True), (True, False), ("flat", "row", "column")
        ):
            if (bias == "column") == columns:
                yield Orientation(turned, columns, bias, as_tensors)
        for as_tensors, turned in product(with_tensors, (True, False)):
            yield Orientation(turned, True, "flat", as_tensors)

    # --- to and from the code's orientation ---------------------------------------------------------

    def _made(self, value: Array) -> Any:
        value = np.array(value)
        return tensors.tensor(value) if self._o.tensors else value

    def _x(self, value: Array) -> Any:
        return self._made(value.T.copy() if self._o.columns else value)

    def _w(self, value: Array) -> Any:
        return self._made(value.T.copy() if self._o.turned else value)

    def _b(self, value: Array) -> Any:
        return self._made({"flat": value, "row": value[None, :], "column": value[:, None]}[self._o.bias])

    def _x_back(self, value: Any) -> Array:
        array = np.array(as_array(value))
        return array.T if self._o.columns else array

    def _w_back(self, value: Any) -> Array:
        array = np.array(as_array(value))
        return array.T if self._o.turned else array

    # --- calling ----------------------------------------------------------------------------------

    def _answer(self, probe: LayerProbe) -> dict[str, Array]:
        if self._kept is not None:
            self._kept.restore()
        if self.on_step:
            self.on_step(1)
        with self._guard(), np.errstate(all="ignore"):
            if self._subject.form == "autograd function":
                return self._through_autograd(probe)
            if isinstance(self._subject.forward, type):
                return self._of_class(self._subject.forward, probe)
            return self._of_functions(probe)

    def _arrays(self, probe: LayerProbe) -> dict[str, Any]:
        given = probe.inputs
        made = {"x": self._x(given["x"]), "w": self._w(given["W"]), "dout": self._x(given["dL_dz"])}
        if "b" in given:
            made["b"] = self._b(given["b"])
        return made

    def _called(self, function: Callable[..., Any], values: Mapping[str, Any]) -> Any:
        given: dict[str, Any] = {}
        unknown: list[str] = []
        for name, parameter in signature_of(function).items():
            if parameter.kind in VARIABLE:
                continue
            role = role_of(name, "layer", self._told)
            if role in values:
                given[name] = values[role]
            elif parameter.default is parameter.empty:
                unknown.append(name)
        if unknown:
            raise CannotCall(f"it is not known what {', '.join(unknown)} stands for")
        return function(**given)

    def _of_functions(self, probe: LayerProbe) -> dict[str, Array]:
        values = self._arrays(probe)
        forward, backward = self._subject.forward, self._subject.backward
        if backward is None:
            raise Unusable(f"{self._subject.name} has no backward pass beside it", self._subject.first, code="form")
        answer = self._called(forward, values)
        out, cache = answer if isinstance(answer, tuple) and len(answer) == 2 else (answer, None)
        gradients = self._called(backward, {**values, "cache": cache})
        return {"z": self._x_back(out), **self._sorted_out(gradients, probe)}

    def _sorted_out(self, gradients: Any, probe: LayerProbe) -> dict[str, Array]:
        """Return by role what the backward pass gives: by name where it is a dict, else in the usual order."""
        if isinstance(gradients, dict):
            gradients = [gradients[key] for key in sorted(gradients, key=order_of)]
        if not isinstance(gradients, tuple | list):
            gradients = (gradients,)
        found: dict[str, Array] = {}
        for role, value in zip(self._placed(gradients, probe), gradients, strict=True):
            if role == "dL_dx":
                found[role] = self._x_back(value)
            elif role == "dL_dW":
                found[role] = self._w_back(value)
            elif role:
                found[role] = flat(value)
        return found

    def _placed(self, gradients: Sequence[Any], probe: LayerProbe) -> list[str]:
        """Which gradient is which: by its shape, else x, W, b."""
        shapes = {
            "dL_dx": np.shape(self._x(probe.inputs["x"])),
            "dL_dW": np.shape(self._w(probe.inputs["W"])),
            "dL_db": np.shape(self._b(probe.inputs["b"])) if "b" in probe.inputs else None,
        }
        roles: list[str] = []
        for place, value in enumerate(gradients):
            shape = np.shape(as_array(value))
            fitting = [role for role, wanted in shapes.items() if wanted == shape and role not in roles]
            usual = ("dL_dx", "dL_dW", "dL_db")[place] if place < 3 else ""
            roles.append(usual if usual in fitting or not fitting else fitting[0])
        return roles

    def _of_class(self, thing: type, probe: LayerProbe) -> dict[str, Array]:
        values = self._arrays(probe)
        instance = self._instance(thing, probe, values)
        held = arrays_of(instance)
        w_name = self._put(instance, held, values["w"], ("w",))
        b_name = self._put(instance, held, values.get("b"), ("b",)) if "b" in values else None
        self._has_bias = b_name is not None
        methods = {name for base in thing.__mro__[:-1] for name in vars(base)}
        forward = getattr(instance, next(name for name in FORWARD if name in methods))
        backward = getattr(instance, next(name for name in BACKWARD if name in methods))
        out = self._called(forward, {"x": values["x"], "mode": True})
        out = attribute(instance, OUT) if out is None else out[0] if isinstance(out, tuple) else out
        before = set(arrays_of(instance))
        dx = self._called(backward, {"dout": values["dout"], "lr": RATE, "x": values["x"]})
        rest = {}
        if isinstance(dx, tuple):
            rest, dx = self._sorted_out(dx, probe), dx[0]
        dx = attribute(instance, DX) if dx is None else dx
        found = {"z": self._x_back(out), "dL_dx": self._x_back(dx), **rest}
        return found | self._gradients(instance, before, w_name, b_name, probe, found)

    def _instance(self, thing: type, probe: LayerProbe, values: Mapping[str, Any]) -> Any:
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

    def _put(self, instance: Any, held: Mapping[str, Any], value: Any, roles: tuple[str, ...]) -> str | None:
        """Set the weight or bias that the object holds: the array of its name, else of its shape."""
        if value is None:
            return None
        shape = np.shape(as_array(value))
        named = [n for n, one in held.items() if role_of(last_part(n), "layer", self._told) in roles]
        fitting = [n for n in named if np.shape(as_array(held[n])) == shape]
        fitting = fitting or [n for n, one in held.items() if np.shape(as_array(one)) == shape and roles == ("w",)]
        if not fitting:
            if named or roles == ("w",):
                raise CannotCall("its weights have another shape")
            return None
        assign(instance, fitting[0], value)
        return fitting[0]

    def _gradients(
        self, instance: Any, before: set[str], w_name: str | None, b_name: str | None, probe: LayerProbe, found: Any
    ) -> dict[str, Array]:
        """Find the gradients that the object keeps: attributes or entries named as one; else how far it went."""
        now = arrays_of(instance)
        gradients: dict[str, Array] = {}
        for role, name, back in (("dL_dW", w_name, self._w_back), ("dL_db", b_name, flat)):
            if name is None or role in found:
                continue
            shape = np.shape(as_array(now[name]))
            fitting = [
                n for n, one in now.items()
                if n != name and np.shape(as_array(one)) == shape and (n not in before or is_gradient(n))
            ]  # fmt: skip
            fitting = [n for n in fitting if is_gradient(n)] or [n for n in fitting if n not in before]
            if fitting:
                gradients[role] = back(now[fitting[0]])
                continue
            given = probe.inputs["W" if role == "dL_dW" else "b"]
            moved = back(now[name])
            if moved.shape == given.shape and not np.array_equal(moved, given):
                self._updates = True
                gradients[role] = (given - moved) / RATE
        return gradients

    def _through_autograd(self, probe: LayerProbe) -> dict[str, Array]:
        values = self._arrays(probe)
        given = [as_array(values[role]) for role in ("x", "w", "b") if role in values]
        out, gradients = tensors.gradients_of(self._subject.forward, given, as_array(values["dout"]))
        names = ("dL_dx", "dL_dW", "dL_db")
        backs = (self._x_back, self._w_back, flat)
        found = {name: back(value) for name, back, value in zip(names, backs, gradients, strict=False)}
        return {"z": self._x_back(out), **found}
