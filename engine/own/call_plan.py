"""The arguments of a call, laid out once: a step then fills in what is new, and has nothing to look up."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

from .optimizer_parts import GRADIENTS, SECOND, VARIABLE, WEIGHTS, Part


class Kind(Enum):
    """Say what an argument is filled with at each call."""

    WEIGHT = auto()
    GRADIENT = auto()
    FIRST_WEIGHT = auto()
    FIRST_GRADIENT = auto()
    SECOND_WEIGHT = auto()
    SECOND_GRADIENT = auto()
    STATE = auto()
    T = auto()
    KEY = auto()
    CONSTANT = auto()


class Slot(NamedTuple):
    """Hold a place among a call's arguments; ``value`` is a constant's."""

    name: str
    kind: Kind
    value: Any = None


class CallPlan:
    """Lay out the arguments of a function's calls.

    ``parts`` are its arguments, ``constants`` the settings in force by their names, ``states`` the names of the
    arguments that are carried on from call to call; ``is_two``: weights and gradients come in pairs.
    """

    def __init__(self, parts: Sequence[Part], constants: Mapping[str, Any], states: Mapping[str, Any], is_two: bool):
        slots = [
            (part, _slot(part, constants, states, is_two)) for part in parts if part.parameter.kind not in VARIABLE
        ]
        given = [(part, slot) for part, slot in slots if slot is not None]
        self._slots = [slot for _, slot in given]
        self._positional = [slot for part, slot in given if part.parameter.kind == part.parameter.POSITIONAL_ONLY]
        named = [slot for part, slot in given if part.parameter.kind != part.parameter.POSITIONAL_ONLY]
        self._fixed = {slot.name: slot.value for slot in named if slot.kind is Kind.CONSTANT}
        usual = (Kind.WEIGHT, Kind.GRADIENT, Kind.STATE)
        self._usual = [[slot.name for slot in named if slot.kind is kind] for kind in usual]
        self._others = [slot for slot in named if slot.kind not in (*usual, Kind.CONSTANT)]
        every = [part for part in parts if part.name in states or part.role == "t"]
        without_t = [part for part in every if part.role != "t"]
        without_config = [part for part in without_t if part.role != "config"]
        carried = [[(part.name, part.name in states) for part in those] for those in (every, without_t, without_config)]
        fitting = [
            next((names for names in carried if count >= len(names)), carried[-1]) for count in range(len(every))
        ]
        self._carried = [*fitting, carried[0]]  # by how many values come out, as many as there are or more the last

    def arguments(
        self, weight: Any, gradient: Any, states: Mapping[str, Any], number: int, t: int
    ) -> tuple[list[Any], dict[str, Any]]:
        """Return the arguments of a call, those by place and those by name; ``number`` is the parameter's."""
        named = self._fixed.copy()
        weights, gradients, carried = self._usual
        for name in weights:
            named[name] = weight
        for name in gradients:
            named[name] = gradient
        for name in carried:
            named[name] = states[name]
        for slot in self._others:
            named[slot.name] = _filled(slot, weight, gradient, states, number, t)
        return [_filled(slot, weight, gradient, states, number, t) for slot in self._positional], named

    def slots(self) -> tuple[list[Slot], list[Slot]]:
        """Return the arguments that are given by place, and those by name."""
        return self._positional, [slot for slot in self._slots if slot not in self._positional]

    def carried(self, count: int) -> list[tuple[str, bool]]:
        """Return the arguments that ``count`` values belong to that came out beside the weight, in their order.

        With each name comes whether it is a state's: the step's number is handed in anew.
        """
        return self._carried[min(count, len(self._carried) - 1)]


def _slot(part: Part, constants: Mapping[str, Any], states: Mapping[str, Any], is_two: bool) -> Slot | None:
    """Return what an argument is filled with; None where it is left to its default."""
    kind = _handed(part.role, is_two)
    if kind is not None:
        return Slot(part.name, kind)
    if part.role == "batch_size":
        return Slot(part.name, Kind.CONSTANT, 1)
    if part.name in states:
        return Slot(part.name, Kind.STATE)
    if part.role in ("t", "key"):
        return Slot(part.name, Kind.T if part.role == "t" else Kind.KEY)
    return Slot(part.name, Kind.CONSTANT, constants[part.name]) if part.name in constants else None


def _handed(role: str, is_two: bool) -> Kind | None:
    if role in SECOND:
        return Kind.SECOND_WEIGHT if role == "second_weight" else Kind.SECOND_GRADIENT
    if role in WEIGHTS:
        return Kind.FIRST_WEIGHT if is_two else Kind.WEIGHT
    if role in GRADIENTS:
        return Kind.FIRST_GRADIENT if is_two else Kind.GRADIENT
    return Kind.WEIGHT if role in ("pairs", "layer", "model") else None


def _filled(slot: Slot, weight: Any, gradient: Any, states: Mapping[str, Any], number: int, t: int) -> Any:
    """Return an argument's value at a call."""
    name, kind, value = slot
    if kind is Kind.T:
        return t
    if kind is Kind.STATE:
        return states[name]
    if kind in (Kind.WEIGHT, Kind.GRADIENT):
        return weight if kind is Kind.WEIGHT else gradient
    if kind in (Kind.CONSTANT, Kind.KEY):
        return value if kind is Kind.CONSTANT else f"p{number}"
    whose = weight if kind in (Kind.FIRST_WEIGHT, Kind.SECOND_WEIGHT) else gradient
    return whose[0] if kind in (Kind.FIRST_WEIGHT, Kind.FIRST_GRADIENT) else whose[1]
