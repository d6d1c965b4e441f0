"""What a layer of another kind keeps: the weights and averages of an object, and the gradients that it leaves there."""

from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
from numpy import ndarray as Array

from .kind_calls import KindCalls
from .kind_forms import GRADIENTS, RUNNING, WEIGHTS, KindProbe
from .kind_objects import arrays_in, gradient_name, put
from .layer_arrays import flat, last_part
from .layer_orientation import Orientation
from .optimizer_parts import CannotCall, as_array

Handed = Mapping[str, Any]


def as_weight(value: Any, like: Array) -> Array:
    """Return what is of a weight as torch has it: flat, where that is; copied."""
    return flat(value) if like.ndim == 1 else np.array(as_array(value))


class KindArrays:
    """Set and read the arrays of a subject's objects. ``names`` are those found, by what they are."""

    def __init__(self, calls: KindCalls):
        self._calls = calls
        self.begin(Orientation())

    def begin(self, orientation: Orientation) -> None:
        """Forget which array is which."""
        self._o = orientation
        self.names: dict[str, str] = {}

    def fill(self, thing: Any, probe: KindProbe) -> None:
        """Set the arrays that the object holds to the probe's: what is trained, and running averages."""
        held = arrays_in(thing)
        wanted = (*WEIGHTS[probe.kind], *(RUNNING if probe.kind == "norm" else ()))
        for role in (one for one in wanted if one in probe.inputs):
            if role not in self.names and (name := self._holder(held, role, probe)):
                self.names[role] = name
            if role in self.names:
                value = probe.inputs[role]
                shape = np.shape(as_array(held[self.names[role]]))
                put(thing, self.names[role], self._o.made(value.reshape(shape) if value.ndim == 1 else value))

    def _holder(self, held: Handed, role: str, probe: KindProbe) -> str | None:
        """Name the array that an object has for what is trained or averaged. Raises CannotCall for another shape."""
        size = probe.inputs[role].size
        named = [name for name in held if self._calls.role(last_part(name)) == role] or self._placed(held, role, probe)
        if not named:
            return None
        array = as_array(held[named[0]])
        expected = np.shape(self._o.b(probe.inputs[role])) if probe.kind == "norm" else probe.inputs[role].shape
        if array.size != size or (role not in RUNNING and array.shape != tuple(expected)):
            raise CannotCall(f"its {named[0]} has another shape")
        return named[0]

    def _placed(self, held: Handed, role: str, probe: KindProbe) -> list[str]:
        """Name arrays that say nothing of themselves: a table by its shape, a scale and a shift by their places."""
        shape = probe.inputs[role].shape
        fitting = [name for name in held if np.size(as_array(held[name])) == np.prod(shape)]
        if probe.kind == "embedding":
            return [name for name in fitting if np.shape(as_array(held[name])) == shape]
        place = {"weight": ".0", "bias": ".1"}.get(role)
        return [name for name in fitting if place and name.endswith(place)]

    def gradients(self, thing: Any, probe: KindProbe, found: Mapping[str, Array]) -> dict[str, Array]:
        """Return the gradients that an object keeps; of one that updates itself how far its weights went."""
        kept: dict[str, Array] = {}
        now = arrays_in(thing)
        for weight in WEIGHTS[probe.kind]:
            role, name = GRADIENTS[weight], self.names.get(weight)
            if name is None or role in found:
                continue
            if gradient := gradient_name(now, name, self._calls.role):
                kept[role] = as_weight(now[gradient], probe.inputs[weight])
            elif not np.array_equal(moved := as_weight(now[name], probe.inputs[weight]), probe.inputs[weight]):
                kept[role] = probe.inputs[weight] - moved
        return kept

    def running(self, thing: Any, *elsewhere: Handed) -> dict[str, Array]:
        """Return the running averages after a pass, where the code keeps any that we know of."""
        places = [*([arrays_in(thing)] if thing is not None else []), *elsewhere]
        found: dict[str, Array] = {}
        for role, values in product(RUNNING, places):
            named = [name for name in values if self._calls.role(last_part(str(name))) == role]
            if role not in found and named and values[named[0]] is not None:
                found[role] = flat(values[named[0]])
        return found if len(found) == len(RUNNING) else {}
