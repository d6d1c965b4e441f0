"""Known departures run on the probes that own code ran on."""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.own.optimizers import OptimizerProbe
from engine.own.recorder import number_of
from engine.variants import Rule, Variant, reference_of

COPIES = 8
# What a candidate raises where it has no answer: Python's own division by 0, shapes that one state cannot serve.
REFUSED = (ArithmeticError, ValueError, TypeError, IndexError, AttributeError)
CHANGED = "<changed textbook>"


class Seen(NamedTuple):
    """A value on the way of a candidate's step."""

    step: int
    value: Array


@cache
def rule_of(variant: Variant | None, optimizer: str, exact: bool) -> Rule:
    """The rule of a variant, or the reference's; ``exact``: no number of it is kept in float32."""
    rule = reference_of("optimizer", optimizer) if variant is None else variant.function
    return rule if not exact else _without_float32(variant, optimizer, rule)


def _without_float32(variant: Variant | None, optimizer: str, rule: Rule) -> Rule:
    """The same with what rounds to float32 left out, as torch is where its default precision is float64."""
    names = _globals_of(rule)
    if names is not None and "to_float32" in names:
        names["to_float32"] = lambda number: number
    return rule


def _globals_of(rule: Rule) -> dict[str, Any] | None:
    """The names that the changed text runs among; they are the rule's own."""
    function: Any = rule.update
    for _ in range(6):
        function = getattr(function, "__wrapped__", function)
        if getattr(getattr(function, "__code__", None), "co_filename", "") == CHANGED:
            return function.__globals__
        inner = [cell.cell_contents for cell in getattr(function, "__closure__", None) or ()]
        rules = [one.update for one in inner if isinstance(one, Rule)] + [one for one in inner if callable(one)]
        if not rules:
            return None
        function = rules[0]
    return None


def run(
    rule: Rule, hyper: Mapping[str, Any], probe: OptimizerProbe, mark: Callable[[int], None] | None = None
) -> list[Array]:
    """The weights after each step, parameter by parameter, end to end."""
    return _run(rule, hyper, probe, 0, mark)


def moved(rule: Rule, hyper: Mapping[str, Any], probe: OptimizerProbe) -> list[Array]:
    """The same of several copies whose inputs and states are moved by a rounding at each step."""
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
    if hasattr(value, "_fields"):
        return value._replace(
            **{name: _nudged_inside(one, copies, random) for name, one in zip(value._fields, value, strict=True)}
        )
    return value


def on_the_way(
    variant: Variant | None, optimizer: str, hyper: Mapping[str, Any], probe: OptimizerProbe, exact: bool
) -> list[Seen]:
    """All values that a candidate comes by: those of its lines, and of the parts of its terms."""
    rule = reference_of("optimizer", optimizer) if variant is None else variant.function
    names = _globals_of(rule)
    seen: list[Seen] = []
    if names is None:
        return seen
    if exact and "to_float32" in names:
        names["to_float32"] = lambda number: number
    step = [1]

    def noting(value: Any) -> Any:
        number = number_of(value)
        if number is not None:
            seen.append(Seen(step[0], number))
        return value

    text = _text_of(variant, optimizer)
    names["__noting__"] = noting
    watched = dict(names)
    exec(compile(_watched(text), CHANGED, "exec"), watched)
    _replace_code(rule, names, watched)
    try:
        run(rule, hyper, probe, lambda number: step.__setitem__(0, number))
    except REFUSED:
        pass
    return seen


def _text_of(variant: Variant | None, optimizer: str) -> str:
    from engine.variants.references import _read

    reference, _ = _read("optimizer", optimizer)
    return reference.source.text if variant is None else variant.text


def _replace_code(rule: Rule, names: dict[str, Any], watched: dict[str, Any]) -> None:
    """Let the rule's functions run the watched text: wraps around them hold on to the functions themselves."""
    for name, function in watched.items():
        original = names.get(name)
        code = getattr(original, "__code__", None)
        if code is not None and code.co_filename == CHANGED and function is not original:
            original.__code__ = function.__code__


class _Noting(ast.NodeTransformer):
    def visit(self, node: ast.AST) -> Any:
        visited = self.generic_visit(node)
        if isinstance(visited, ast.BinOp | ast.UnaryOp | ast.Call):
            return ast.copy_location(ast.Call(ast.Name("__noting__", ast.Load()), [visited], []), visited)
        return visited


def _watched(text: str) -> ast.Module:
    tree = ast.parse(text)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            node.body = [_Noting().visit(statement) for statement in node.body]
    return ast.fix_missing_locations(tree)


def terms_of(probe: OptimizerProbe, values: Sequence[Array]) -> list[Array]:
    """The largest term of each weight: what it was, and what it is."""
    count = len(probe.weights[0])
    befores: Iterator[Array]
    if len(probe.weights) > 1:
        befores = (weight for step in probe.weights for weight in step)
    else:
        befores = (weight for weight in (*probe.weights[0], *values[:-count]))
    with np.errstate(all="ignore"):
        return [np.fmax(np.abs(before), np.abs(after)) for before, after in zip(befores, values, strict=True)]
