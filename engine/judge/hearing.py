"""One stage is heard: DIY's results against torch's, in float64 for a mistake, in the run's precision for stability."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.backends import reference_answer
from engine.lane.stage import Stage, Update
from engine.spec import is_elementwise

from .minimized import of_same_turns
from .parts import Turns, answer, answers_moved, parts_of, terms, with_results, without_turns
from .rule import FACTOR, HEARINGS, OF_MANY_OPERATIONS, distance, floor, spread
from .terms import some_terms_of

Index = tuple[int, ...]

# What torch raises where it has no answer, a division of Python's numbers by 0 say: nothing to hold DIY's against.
REFUSED = (ArithmeticError, RuntimeError, ValueError)

# How exact LBFGS is in float32 is luck on both sides: its pairs of steps and gradients nearly depend on one another.
# There only overflow counts; whether it is right is judged in float64.
UNSTEADY = ("minimize",)

CACHED = 1 << 14  # numbers


class Wrong(NamedTuple):
    """Locate an element that is more than rounding apart; ``unstable``: right in exact arithmetic.

    ``diy`` and ``torch`` are the values, or, where unstable, the errors.
    """

    name: str
    index: Index  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody calls tuple.index
    diy: float
    torch: float
    unstable: bool = False


def mistaken(stage: Stage) -> list[Wrong]:
    """List which of the stage's results in float64 torch cannot come to by rounding, in the stage's order."""
    return without_turns(hear_mistakes(stage))


def unstable(stage: Stage, exact: Stage) -> list[Wrong]:
    """List which of the results in float32 is far less exact than torch's, or not finite where torch's always is.

    ``exact`` is the same stage, asked in float64 of the same inputs.
    """
    return without_turns(hear_instabilities(stage, exact))


def hear_mistakes(stage: Stage) -> Turns[list[Wrong]]:
    """Find out what ``mistaken`` lists, with turns for others in between."""
    return (yield from _heard(stage, stage, "float64"))


def hear_instabilities(stage: Stage, exact: Stage) -> Turns[list[Wrong]]:
    """Find out what ``unstable`` lists, with turns for others in between."""
    return (yield from _heard(stage, exact, "float32"))


def _heard(stage: Stage, exact: Stage, dtype: str) -> Turns[list[Wrong]]:
    """Hear a stage, or its parts; of those that are alike the first says where something is wrong."""
    found: dict[str, Wrong] = {}
    for part in parts_of(stage):
        asked = with_results(part.stage, [role for role, name in part.stage.names.items() if name not in found])
        if asked.names:
            wrongs = yield from _heard_part(asked, asked._replace(about=exact.about), dtype)
            found |= {wrong.name: wrong._replace(index=part.in_whole(wrong.index)) for wrong in wrongs}
            yield
    return [found[name] for name in stage.names.values() if name in found]


def _heard_part(stage: Stage, exact: Stage, dtype: str) -> Turns[list[Wrong]]:
    """Torch is asked as it is; where DIY is not as near as is always allowed, with small moves, and before it comes to
    a conviction with more and larger ones. From what is no number nothing can be told: torch's relu, say, stops a NaN
    that the chain rule's product hands on.
    """
    if not all(map(_is_finite, stage.inputs.values())):
        return []
    try:
        base = yield from answer(stage, dtype)
        if not all(np.isfinite(value).all() for role, value in base.items() if role not in stage.names):
            return []  # on the way: of an evaluation its passes
        lost = [role for role in stage.names if not _is_there(role, stage, base)]
        few = _Few.of(stage, exact, base, [role for role in stage.names if role not in lost], dtype)
        stage, exact, base = few.stage, few.exact, few.base
        allowed = _Allowed(stage, base, dtype)
        roles: list[str] = []
        for role in stage.names:
            if role not in lost and (yield from allowed.is_passed(role)):
                roles.append(role)
        suspects: list[_Suspect] = []
        if roles:
            reference = base if dtype == "float64" else (yield from answer(exact, "float64"))
            stage = _with_exact_numbers(stage, base)
            suspects = [_Suspect.of(role, stage, reference, allowed) for role in roles]
            suspects = _clear_of_the_edge(stage, suspects, dtype)
            if dtype != "float64" and stage.kind in UNSTEADY:
                suspects = [one._replace(wrong=one.wrong & ~one.diy_finite) for one in suspects]
            suspects = yield from _after_moves(stage, suspects, base, dtype)
    except REFUSED:
        return []
    guilty = {one.role: few.of_whole(one.named(stage, dtype)) for one in suspects if one.wrong.any()}
    guilty |= {role: _missing(stage, role) for role in lost}
    return [guilty[role] for role in stage.names if role in guilty]


def _after_moves(
    stage: Stage, suspects: list["_Suspect"], base: dict[str, Array], dtype: str
) -> Turns[list["_Suspect"]]:
    """Return what is left of the suspects once torch has been moved, by more and more."""
    for how in OF_MANY_OPERATIONS if stage.kind == "minimize" else HEARINGS:
        suspects = [one for one in suspects if one.wrong.any()]
        if suspects:
            moved = yield from answers_moved(stage, dtype, how)
            if stage.kind == "minimize":
                moved = of_same_turns(stage, base, moved)
            suspects = [one.after(moved) for one in suspects]
    return suspects


def _is_finite(values: Array) -> bool:
    """Whether all are numbers; some are looked at at a time."""
    flat = values.reshape(-1)
    return all(np.isfinite(flat[begin : begin + CACHED]).all() for begin in range(0, flat.size, CACHED))


def _is_there(role: str, stage: Stage, answer: dict[str, Array]) -> bool:
    return role in answer and answer[role].shape == stage.results[role].shape


class _Allowed:
    """What is allowed in any case beside torch's answer, which may be as far from what is exact itself.

    Terms are added up only where a result is not as near as its own last places, and then a few of them first.
    """

    def __init__(self, stage: Stage, answer: dict[str, Array], dtype: str):
        self.answer, self.dtype, self._stage = answer, dtype, stage
        self.terms: dict[str, Array] = {}  # once one is not as near

    def is_passed(self, role: str) -> Turns[bool]:
        """Whether DIY's result is beyond it anywhere. What is not finite is."""
        diy, torch = self._stage.results[role], self.answer[role]
        if _within(diy, torch, torch, self.dtype):
            return False
        if role in self._some_terms and _within(diy, torch, self._some_terms[role], self.dtype):
            return False
        if not self.terms:
            self.terms = yield from terms(self._stage, self.answer)
        return not _within(diy, torch, np.broadcast_to(self.terms[role], torch.shape), self.dtype)

    @cached_property
    def _some_terms(self) -> dict[str, Array]:
        return some_terms_of(self._stage, self.answer)


def _within(diy: Array, torch: Array, terms: Array, dtype: str) -> bool:
    """Whether all numbers are as near as these terms allow in any case."""
    with np.errstate(all="ignore"):
        return not any(beyond.any() for beyond in _beyond(diy, torch, terms, dtype))


def _beyond(diy: Array, torch: Array, terms: Array, dtype: str) -> Iterator[Array]:
    """Which numbers are farther than that; some at a time, as they fit into a cache."""
    kind = np.finfo(dtype)
    flat = diy.reshape(-1), torch.reshape(-1), terms.reshape(-1)
    for begin in range(0, diy.size, CACHED):
        one, other, largest = (values[begin : begin + CACHED] for values in flat)
        allowed = np.abs(largest) * (FACTOR * kind.eps) + kind.smallest_subnormal
        yield ~(np.abs(np.subtract(one, other, dtype=np.float64)) <= allowed)


def _underflows(stage: Stage, shape: tuple[int, ...], dtype: str) -> Array:
    """Where an update's gradient is so small that products with it lose digits: which do is a matter of order."""
    gradient = stage.inputs.get("g")
    if stage.kind != "update" or gradient is None or gradient.shape != shape:
        return np.zeros(shape, bool)
    kind = np.finfo(dtype)
    return (gradient != 0) & (np.abs(gradient) < kind.tiny / kind.eps)


def _clear_of_the_edge(stage: Stage, suspects: list["_Suspect"], dtype: str) -> list["_Suspect"]:
    """Forgive an update what overflows, where torch's would with inputs as much larger as any result may be wrong.

    A rate times two parts together may be infinite where it is not times each: that is a matter of order.
    """
    if stage.kind != "update" or not any((one.wrong & ~one.diy_finite).any() for one in suspects):
        return suspects
    with np.errstate(over="ignore"):
        inputs = {role: value * FACTOR for role, value in stage.inputs.items()}
        state = {key: _larger(value) for key, value in stage.about.state.items()}
    larger = reference_answer(stage._replace(inputs=inputs, about=stage.about._replace(state=state)), dtype)
    return [one._replace(wrong=one.wrong & (one.diy_finite | np.isfinite(larger[one.role]))) for one in suspects]


def _larger(value: object) -> object:
    return value * FACTOR if isinstance(value, np.ndarray) and value.ndim else value


class _Few(NamedTuple):
    """A stage and torch's answer, with no more elements than may be suspected where each is by itself.

    Nothing is told by moving those that come out as near as their own last places. ``where``: what is left, as
    indices of the whole, an array an axis; None: it is the whole.
    """

    stage: Stage
    exact: Stage
    base: dict[str, Array]
    where: tuple[Array, ...] | None = None

    @classmethod
    def of(cls, stage: Stage, exact: Stage, base: dict[str, Array], roles: list[str], dtype: str) -> "_Few":
        weight = stage.inputs.get("w")
        if stage.kind != "update" or not is_elementwise(stage.about.optimizer) or weight is None:
            return cls(stage, exact, base)
        shapes = {stage.results[role].shape for role in roles} - {()}
        if shapes != {weight.shape} or weight.size <= CACHED:
            return cls(stage, exact, base)
        suspected = np.zeros(weight.size, bool)
        with np.errstate(all="ignore"):
            for role in roles:
                if base[role].ndim:
                    suspected |= np.concatenate([*_beyond(stage.results[role], base[role], base[role], dtype)])
        where = np.nonzero(suspected.reshape(weight.shape))
        return cls(_cut(stage, where), _cut(exact, where), _cut_values(base, where), where)

    def of_whole(self, wrong: Wrong) -> Wrong:
        """Tell which element of the whole it is."""
        if self.where is None or not wrong.index:
            return wrong
        (place,) = wrong.index
        return wrong._replace(index=tuple(int(axis[place]) for axis in self.where))


def _cut(stage: Stage, where: tuple[Array, ...]) -> Stage:
    inputs, results = _cut_values(stage.inputs, where), _cut_values(stage.results, where)
    state = _cut_values(stage.about.state, where)
    return stage._replace(inputs=inputs, results=results, about=stage.about._replace(state=state))


def _cut_values(values: Mapping[str, Any], where: tuple[Array, ...]) -> dict[str, Any]:
    """Of arrays the elements that are left; single numbers are of all of them."""
    return {
        name: value[where] if isinstance(value, np.ndarray) and value.ndim else value for name, value in values.items()
    }


def _missing(stage: Stage, role: str) -> Wrong:
    """Return what torch does not have, or has in another shape."""
    diy = stage.results[role]
    return Wrong(stage.names[role], (0,) * diy.ndim, float(diy.flat[0]) if diy.size else np.nan, np.nan)


def _with_exact_numbers(stage: Stage, base: dict[str, Array]) -> Stage:
    """Single numbers of an optimizer's state that are the same bits on both sides have no rounding to reckon with."""
    if not isinstance(stage.about, Update):
        return stage
    numbers = [role for role, value in base.items() if not value.ndim and role in stage.results]
    same = all(float(stage.results[role]) == float(base[role]) for role in numbers)
    return stage._replace(about=stage.about._replace(exact_numbers=same))


class _Suspect(NamedTuple):
    """A result, how far DIY's and torch's are from the reference, what is always allowed, and where it is wrong yet."""

    role: str
    base: Array  # torch's answer
    diy: Array
    torch: Array
    floor: Array
    diy_finite: Array
    wrong: Array

    @classmethod
    def of(cls, role: str, stage: Stage, reference: dict[str, Array], beside: _Allowed) -> "_Suspect":
        """Where torch's own answer is not finite, nothing is judged; nor whether DIY's is, where the terms together are
        larger than any number: then their order tells.
        """
        diy, torch, exact, dtype = stage.results[role], beside.answer[role], reference[role], beside.dtype
        own, twin = distance(diy, exact), distance(torch, exact)
        terms = np.broadcast_to(beside.terms[role], torch.shape)
        allowed, finite = floor(terms, dtype), np.isfinite(diy)
        with np.errstate(all="ignore"):
            far = np.where(finite, ~(own <= FACTOR * (allowed + twin)), terms < np.finfo(dtype).max)
        judged = np.isfinite(torch) & np.isfinite(exact) & ~_underflows(stage, torch.shape, dtype)
        return cls(role, torch, own, twin, allowed, finite, judged & far)

    def after(self, moved: dict[str, Array]) -> "_Suspect":
        """Return what is left of it once torch has been moved; where torch is not finite then, nothing is judged."""
        allowed = spread(self.base, moved[self.role])
        with np.errstate(all="ignore"):
            beyond = ~self.diy_finite | (self.diy > FACTOR * (allowed + self.torch + self.floor))
        return self._replace(wrong=self.wrong & np.isfinite(allowed) & beyond)

    def named(self, stage: Stage, dtype: str) -> Wrong:
        """Return the element that is farthest off. In float64, too, what overflows is no mistake of arithmetic."""
        with np.errstate(all="ignore"):
            excess = np.where(self.diy_finite, self.diy / (self.torch + self.floor), np.inf)
        excess = np.where(self.wrong, excess, -1.0)
        index = tuple(int(i) for i in np.unravel_index(int(np.argmax(excess)), excess.shape))
        name = stage.names[self.role]
        if dtype != "float64" or not self.diy_finite[index]:
            error = float(self.diy[index]) if self.diy_finite[index] else np.inf
            return Wrong(name, index, error, float(self.torch[index]), unstable=True)
        return Wrong(name, index, float(stage.results[self.role][index]), float(self.base[index]))
