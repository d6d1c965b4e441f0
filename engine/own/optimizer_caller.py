"""A call of an optimizer: what it is handed as weights, gradients and state, and how its answer is read."""

import copy
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from . import tensors
from .call_plan import CallPlan
from .held_weights import HeldWeights
from .module_state import Turns, is_same
from .optimizer_makers import Bracketed
from .optimizer_parts import (
    KEYS,
    STATES,
    CannotCall,
    Convention,
    Part,
    as_array,
    rate_names,
    set_rate,
)  # fmt: skip
from .roles import USUAL, is_hyper, role_of
from .settings import signature_of
from .stand_ins import AskedDict, NeededDict
from .unusable import CannotGoOn

_CHANGING = ("_states", "_functions", "_settings", "_rate", "_needed_t")


class LaidOut(NamedTuple):
    """Hold how a caller calls: arguments, their plan, what is carried on of each weight or of all, and what is called.

    ``initial`` makes a state to begin with; ``counted``: keys of a config under which the step's number was asked for.
    """

    parts: Sequence[Part]
    plan: CallPlan
    states: list[dict[str, Any]]
    functions: list[Callable[..., Any]]
    initial: Callable[..., Any] | None
    counted: list[str]


class OptimizerCaller:
    """Call an optimizer by one convention, from a start over all steps.

    ``make`` makes the function to call, of the weights' container and the settings: a function itself, a bound method,
    a closure. ``change``: 0 where the answer is the new weight, else by which sign it is added to the old. ``told``:
    roles by arguments' names, as the user told them.
    """

    def __init__(
        self, make: Callable[[Any, Mapping[str, Any]], Any], parts: Sequence[Part], convention: Convention,
        told: Mapping[str, str], initial: Callable[..., Any] | None = None,
    ):  # fmt: skip
        self._make, self._initial, self._parts, self._told = make, initial, list(parts), told
        self.convention = convention
        self.change, self.weight_at = 0, 0
        self.asked: dict[str, Any] = {}
        self.counts_from = 1
        self.holder: Any = None  # the object whose method is called
        self.turns: Turns | None = None  # lets a parameter have the globals' state for itself
        self.keys: Sequence[str] = KEYS  # of a dict's parameters
        self.is_live = False  # nobody asks any more which keys the code asks for

    @property
    def roles(self) -> set[str]:
        """Return the roles of all its arguments."""
        return {part.role for part in self._parts}

    @property
    def is_told_t(self) -> bool:
        """Return whether the caller hands in the step's number."""
        named = any(part.role == "t" for part in self._parts)
        return named or any(role_of(key, "optimizer", self._told) == "t" for key in self._needed_t)

    def laid_out(self) -> LaidOut:
        """Return how it calls, once it was started."""
        return LaidOut(self._parts, self._plan, self._states, self._functions, self._initial, self._needed_t)

    def role_of(self, name: str) -> str:
        """Return what an argument stands for, by its name."""
        return role_of(name, "optimizer", self._told)

    @property
    def method(self) -> str:
        """Return the name of the method that is called, of an object."""
        function = self._functions[0]
        inner = function.function if isinstance(function, Bracketed) else function
        return getattr(inner, "__name__", "")

    def spied(self, spy: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
        """Have ``spy`` stand around what is called from now on."""
        for one in self._functions:
            if isinstance(one, Bracketed):
                one.function = spy(one.function)
        self._functions = [one if isinstance(one, Bracketed) else spy(one) for one in self._functions]

    # --- from the start ---------------------------------------------------------------------------

    def start(self, weights: Sequence[Array], settings: Mapping[str, Any]) -> None:
        """Begin again at ``weights``."""
        self._settings = dict(settings)
        self._needed_t: list[str] = []
        self._held = HeldWeights(self.convention, weights, self.keys)
        made = range(len(weights) if self.convention.separate else 1)
        self._functions = [self._make(self._held.container, self._settings) for _ in made]
        self.holder = getattr(self._functions[0], "__self__", None)
        count = len(weights) if self.convention.container == "array" else 1
        self._states = [self._fresh_states(number, weights) for number in range(count)]
        self._rate: float | None = None
        self._rates = rate_names([part.name for part in self._parts], self._told)
        self.was_in_place = False
        self._plan_calls()

    def _plan_calls(self) -> None:
        """Lay out the arguments of the calls to come, until the rate changes."""
        constants = dict(self._settings)
        if self._rate is not None:
            constants |= dict.fromkeys(self._rates, self._rate)
        self._plan = CallPlan(self._parts, constants, self._states[0], self.convention.container == "two")

    def _fresh_states(self, number: int, weights: Sequence[Array]) -> dict[str, Any]:
        """Return what each argument that is carried on begins with, of one parameter or of all."""
        own = weights[number : number + 1] if self.convention.container == "array" else weights
        states: dict[str, Any] = {}
        for part in self._parts:
            if part.role == "config":
                states[part.name] = self.asked_dict(self._settings)
            elif part.role in STATES:
                states[part.name] = self._begun(own, number)
            elif part.role == "moment":
                states[part.name] = self._held.of_all([self._zeros(weight) for weight in own])
        moments = [part.name for part in self._parts if part.role == "moment"]
        if self.convention.state == "init" and moments:
            begun = self._begun(own, number)
            values = begun if isinstance(begun, tuple | list) and len(begun) == len(moments) else [begun] * len(moments)
            states.update(zip(moments, values, strict=True))
        return states

    def asked_dict(self, values: Mapping[str, Any]) -> NeededDict:
        """Return a config that answers for what the code takes for granted in it."""
        return NeededDict(values, self.needed) if self.is_live else AskedDict(values, self.needed, self.asked)

    def needed(self, key: str) -> Any:
        """Return what a key begins with that the code takes for granted: a setting, or the step's number."""
        role = role_of(key, "optimizer", self._told) if isinstance(key, str) else ""
        if is_hyper(role):
            return self._settings.get(key, USUAL[role])
        if role == "t":
            self._needed_t.append(key)
            return self.counts_from
        raise KeyError(key)

    def _begun(self, own: Sequence[Array], number: int) -> Any:
        kind = self.convention.state
        if kind == "init":
            assert self._initial is not None
            return self._initial(self._held.first(number)) if signature_of(self._initial) else self._initial()
        if kind in ("dict", "none"):
            return self.asked_dict({}) if kind == "dict" else None
        each: list[Any] = []
        for weight in own:
            zeros = [self._zeros(weight) for _ in range(2)]
            each.append({"zeros": zeros[0], "pair": tuple(zeros), "dicts": {}}[kind])
        return self._held.of_all(each)

    def _zeros(self, weight: Array) -> Any:
        if self.convention.tensors:
            return tensors.zeros(weight)
        return np.zeros_like(weight)

    # --- a step -----------------------------------------------------------------------------------

    def place(self, weights: Sequence[Array]) -> None:
        """Set the weights."""
        # One array goes through all steps where an object holds a state for it, or changes it in place.
        self._held.place(weights, self.holder is not None or self.convention.container != "array")

    def weights(self) -> list[Array]:
        """Return each parameter's weights."""
        return self._held.copies()

    def step(self, gradients: Sequence[Array], rate: float | None, t: int) -> None:
        """Take step ``t``, from 1, with these gradients; ``rate``: its learning rate, None to leave it alone."""
        if rate is not None:
            self._set_rate(rate)
        made = [self._held.gradient(gradient) for gradient in gradients]
        if self.convention.container != "array":
            answer = self._call(*self._held.with_gradients(made), 0, t)
            if self.convention.container != "layer":
                self._take(answer)
            return
        for number, gradient in enumerate(made):
            if self.turns:
                self.turns(number)
            weight = self._held.one(number)
            before = self._before(weight)
            self._held.replace(number, self._read(self._call(weight, gradient, number, t), number, before))

    def _before(self, weight: Any) -> Array:
        """Return a weight as it is now: a copy, as code may change it in place, where an answer is added to it."""
        array = as_array(weight)
        return array.copy() if self.change else array

    def step_layers(
        self, layers: Sequence[HeldWeights], gradients: Sequence[Sequence[Array]], rate: float | None, t: int
    ) -> None:
        """Take step ``t`` layer by layer, with what brackets a step called once around them all."""
        functions, first = self._functions, self._functions[0]
        bracket = first if isinstance(first, Bracketed) else None
        if rate is not None:
            self._set_rate(rate)
        try:
            if bracket is not None:
                self._functions = [bracket.function]
                bracket.before()
            for self._held, own in zip(layers, gradients, strict=True):
                self.step(own, None, t)
            if bracket is not None:
                bracket.after()
        finally:
            self._functions = functions

    @property
    def held(self) -> HeldWeights:
        """Return the weights as own code has them."""
        return self._held

    def kept(self) -> dict[str, Any]:
        """Return all that steps change in it, itself, but for the weights."""
        return {name: getattr(self, name) for name in _CHANGING}

    def put(self, kept: Mapping[str, Any]) -> None:
        """Take up what ``kept`` has returned, or a copy."""
        for name, value in kept.items():
            setattr(self, name, value)
        self._plan_calls()
        self.holder = getattr(self._functions[0], "__self__", None)

    def take_over(self, other: "OptimizerCaller", known: Mapping[int, Any]) -> None:
        """Take what other code remembers; ``known``: our weights' arrays by the ids of theirs. Raises CannotGoOn."""
        if [set(one) for one in self._states] != [set(one) for one in other._states]:
            raise CannotGoOn("it takes another state than before", "code_other_state")
        states = [{name: other._of_state(one) for name, one in each.items()} for each in other._states]
        kept = [self._remembered(getattr(one, "__self__", None)) for one in other._functions]
        memo: dict[int, Any] = {id(module): module for module in list(sys.modules.values())} | dict(known)
        try:
            states, kept, turns = copy.deepcopy((states, kept, other.turns and other.turns.data), memo)
        except Exception as error:
            raise CannotGoOn(f"what it keeps cannot be copied: {error}") from None
        ids = {old: id(new) for old, new in known.items()}
        for mine, theirs in zip(self._states, states, strict=True):
            for name, value in theirs.items():
                value = _with_ids(value, ids)
                mine[name] = self.asked_dict(value) if isinstance(mine[name], NeededDict) else value
        for function, found in zip(self._functions, kept, strict=False):
            holder = getattr(function, "__self__", None)
            for name, value in found.items() if hasattr(holder, "__dict__") else ():
                setattr(holder, name, _with_ids(value, ids))
        if self.turns is not None and turns is not None and other.turns is not None:
            self.turns.data, self.turns.current = turns, list(other.turns.current)
        self._needed_t = list(other._needed_t)
        self._plan_calls()

    def remembered(self) -> list[str]:
        """Return the names under which something is remembered: the keys of states, and an object's attributes."""
        states = [one for each in self._states for one in each.values() if isinstance(one, dict)]
        handed = {id(one) for one in self._held.current()}
        kept = [
            [
                name
                for name, one in self._remembered(getattr(function, "__self__", None)).items()
                if _parts(one) - handed
            ]
            for function in self._functions
        ]
        return [str(name) for one in (*map(self._of_state, states), *kept) for name in one]

    def _of_state(self, state: Any) -> Any:
        """Return a state but for what it was handed or began with, which may be others in other code."""
        if not isinstance(state, dict):
            return state
        began = {**self.asked, **self._settings}
        return {name: one for name, one in state.items() if not (name in began and is_same(one, began[name]))}

    def _remembered(self, holder: Any) -> dict[str, Any]:
        """Return what an object keeps but for its hyperparameters, which may be others in other code."""
        kept = getattr(holder, "__dict__", {})
        return {name: one for name, one in kept.items() if not is_hyper(role_of(name, "optimizer", self._told))}

    def _take(self, answer: Any) -> None:
        """Take what came of all weights at once: new ones in a list or dict, changes, or nothing where in place."""
        if answer is None or answer is self._held.container:
            self.was_in_place = True
            return
        rest: list[Any] = []
        if isinstance(answer, tuple) and not self._held.is_whole(answer):
            answer, rest = answer[self.weight_at], [one for n, one in enumerate(answer) if n != self.weight_at]
        self._carry(rest, self._states[0])
        if answer is None or answer is self._held.container or isinstance(answer, int | float):
            return
        values = [answer[key] for key in self.keys[: len(self._held)]] if isinstance(answer, dict) else list(answer)
        if len(values) != len(self._held):
            raise CannotCall("other weights come out than went in")
        for number, value in enumerate(values):
            before = self._before(self._held.one(number))
            self._held.replace(number, self._checked(value, before))

    def _call(self, weight: Any, gradient: Any, number: int, t: int) -> Any:
        states = self._states[number]
        positional, named = self._plan.arguments(weight, gradient, states, number, t - 1 + self.counts_from)
        before = self._counts(states) if self._needed_t else {}
        asked = len(self._needed_t)
        function = self._functions[number if self.convention.separate else 0]
        answer = function(*positional, **named)
        if len(self._needed_t) > asked:  # in this very call, which began with what it was given
            before = {place: before.get(place, self.counts_from) for place in self._counts(states)}
        for (name, key), count in before.items():
            if states[name].get(key) == count:  # the caller's to count
                states[name][key] = count + 1
        return answer

    def _counts(self, states: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
        """Find where the step's number stands in a config that asked for it."""
        configs = [(name, value) for name, value in states.items() if isinstance(value, NeededDict)]
        return {(name, key): value[key] for name, value in configs for key in self._needed_t if key in value}

    # --- its answer -------------------------------------------------------------------------------

    def _read(self, answer: Any, number: int, before: Array) -> Any:
        if answer is None:
            self.was_in_place = True
            return self._held.one(number)
        rest: list[Any] = []
        if isinstance(answer, list) and np.shape(as_array(answer)) == before.shape:
            answer = as_array(answer)
        if isinstance(answer, tuple | list):
            if len(answer) <= self.weight_at:
                raise CannotCall("nothing comes out")
            rest = [one for place, one in enumerate(answer) if place != self.weight_at]
            answer = answer[self.weight_at]
        elif isinstance(answer, dict):
            raise CannotCall("a dict comes out")
        self._carry(rest, self._states[number])
        if answer is None:
            return self._held.one(number)
        return self._checked(answer, before)

    def _checked(self, value: Any, before: Array) -> Any:
        array = as_array(value)
        if array.shape != before.shape:
            raise CannotCall(f"a weight of shape {before.shape} comes out in shape {array.shape}")
        if not self.change:
            return value
        return self._held.array(before + self.change * array)

    def _carry(self, rest: list[Any], states: dict[str, Any]) -> None:
        """Hand what came out beside the weight to the arguments that it belongs to, in their order."""
        if not rest:
            return
        for (name, is_state), value in zip(self._plan.carried(len(rest)), rest, strict=False):
            if is_state:
                states[name] = value

    def _set_rate(self, rate: float) -> None:
        self._rate = rate
        names = rate_names(self._settings, self._told)
        self._settings.update(dict.fromkeys(names, rate))
        for states in self._states:
            for value in states.values():
                if isinstance(value, NeededDict):
                    value.update(dict.fromkeys(rate_names(value, self._told), rate))
        self._plan_calls()
        for holder in filter(None, (getattr(function, "__self__", None) for function in self._functions)):
            set_rate(holder, rate, self._told)


def _parts(value: Any) -> set[int]:
    """Return the ids of a value, or of what it is a list, a tuple or a dict of."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
    return set(map(id, parts))


def _with_ids(value: Any, ids: Mapping[int, int]) -> Any:
    """Return a value whose dicts are by the ids of our arrays, where they were by those of others."""
    if type(value) is dict:
        return {ids.get(key, key) if type(key) is int else key: _with_ids(one, ids) for key, one in value.items()}
    return value
