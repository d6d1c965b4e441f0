"""Known departures run on the probes that own code ran on."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.own.optimizers import OptimizerProbe
from engine.own.recorder import number_of
from engine.variants import Kind, Reference, Rule, Variant, variants_of
from engine.variants.source import NAMED, Note

COPIES = 8
# What a candidate raises where it has no answer: Python's own division by 0, shapes that one state cannot serve.
REFUSED = (ArithmeticError, ValueError, TypeError, IndexError, AttributeError)


class Seen(NamedTuple):
    """Hold a value that a candidate came by, and its step."""

    step: int
    value: Array


@cache
def rule_of(variant: Variant | None, optimizer: str, exact: bool) -> Rule:
    """Return a variant's rule, or the reference's.

    ``exact``: no number of it is kept in float32, as torch does where its default precision is float64.
    """
    return made(variant, "optimizer", optimizer, exact=exact)


def made(variant: Variant | None, kind: Kind, name: str, *, exact: bool = False, note: Note | None = None) -> Any:
    """Return a variant's function, or the reference's; ``note`` gets all it comes by. Raises KeyError if unknown."""
    if variant is not None:
        return variant.made(exact=exact, note=note)
    reference = named_reference(kind, name)
    if reference is None:
        raise KeyError(name)
    return reference.function(exact=exact, note=note)


@cache
def named_reference(kind: Kind, name: str) -> Reference | None:
    """Return the reference of that kind and name, None where there is none."""
    found = variants_of(kind, name)
    return found[0].reference if found else None


def run(
    rule: Rule, hyper: Mapping[str, Any], probe: OptimizerProbe, mark: Callable[[int], None] | None = None
) -> list[Array]:
    """Return the weights after each step, parameter by parameter, end to end."""
    return _run(rule, hyper, probe, 0, mark)


def moved(rule: Rule, hyper: Mapping[str, Any], probe: OptimizerProbe) -> list[Array]:
    """Return the weights of several copies, on a first axis, with inputs and states moved by a rounding each step."""
    return _run(rule, hyper, probe, COPIES, None)


def _run(
    rule: Rule, hyper: Mapping[str, Any], probe: OptimizerProbe, copies: int, mark: Callable[[int], None] | None
) -> list[Array]:
    random = np.random.default_rng(0)

    def nudged(value: Any) -> Any:
        if not copies:
            return value
        whole = (
            np.broadcast_to(value, (copies, *np.shape(value)))
            if np.ndim(value) and np.shape(value)[0] != copies
            else value
        )
        eps = np.finfo(np.float64).eps
        return whole * (1 + eps * random.choice([-1.0, 1.0], size=np.shape(whole)))

    def nudged_state(state: Any) -> Any:
        if not copies or not hasattr(state, "_fields"):
            return state
        return state._replace(
            **{name: _nudged_inside(value, copies, random) for name, value in zip(state._fields, state, strict=True)}
        )

    values: list[Array] = []
    settings = dict(hyper)
    weights = [nudged(weight) for weight in probe.weights[0]]
    states = rule.begin(weights)
    with np.errstate(all="ignore"):
        for number, gradients in enumerate(probe.gradients):
            if mark:
                mark(number + 1)
            if len(probe.weights) > 1:
                weights = [nudged(weight) for weight in probe.weights[number]]
            if probe.rates is not None:
                settings["lr"] = probe.rates[number]
            weights, states = rule.step([nudged(g) for g in gradients], states, weights, rule.Hyper(**settings))
            states = [nudged_state(state) for state in states]
            if any(np.iscomplexobj(weight) for weight in weights):
                raise ValueError("a root of a negative number")
            values += weights
    return values


def _nudged_inside(value: Any, copies: int, random: np.random.Generator) -> Any:
    if isinstance(value, np.ndarray) and value.ndim and value.shape[0] == copies and value.dtype.kind == "f":
        return value * (1 + np.finfo(np.float64).eps * random.choice([-1.0, 1.0], size=value.shape))
    if isinstance(value, tuple):  # a state within a state
        return type(value)(*(_nudged_inside(one, copies, random) for one in value))
    return value


def on_the_way(
    variant: Variant | None, optimizer: str, hyper: Mapping[str, Any], probe: OptimizerProbe, exact: bool
) -> list[Seen]:
    """List all values that a candidate comes by: those of its lines, and of the parts of its terms."""
    step = [1]
    seen: list[Seen] = []

    def note(value: Any, text: str) -> None:
        number = None if text.endswith(NAMED) else number_of(value)
        if number is not None:
            seen.append(Seen(step[0], number))

    with suppress(KeyError, *REFUSED):
        rule = made(variant, "optimizer", optimizer, exact=exact, note=note)
        run(rule, hyper, probe, lambda number: step.__setitem__(0, number))
    return seen
