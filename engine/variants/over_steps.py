"""What goes wrong from step to step, in any optimizer: a gradient or a state of another time, or of another weight."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .rule import Rule
from .variant import Wrap

JOINT = "over steps"  # one at a time


class Kept(NamedTuple):
    """Hold an optimizer's state and beside it a gradient, or a sum of them."""

    state: Any
    g: Array | None


def stale(first: Literal["its own", "zero", "none"]) -> Wrap:
    """Return what uses the gradient of the step before; ``first``: what the first step, which has none, does."""

    def around(rule: Rule) -> Rule:
        def update(grad: Array, kept: Kept, weight: Array, hyper: Any) -> tuple[Array, Kept]:
            if kept.g is None and first == "none":
                return weight, kept._replace(g=grad)
            used = kept.g
            if used is None:
                used = grad if first == "its own" else np.zeros_like(grad)
            weight, state = rule.update(used, kept.state, weight, hyper)
            return weight, Kept(state, grad)

        return _with_kept(rule, update)

    return Wrap(JOINT, around)


def _with_kept(rule: Rule, update: Any) -> Rule:
    return rule._replace(State=Kept, init=lambda weight: Kept(rule.init(weight), None), update=update)


def _accumulated(rule: Rule) -> Rule:
    def update(grad: Array, kept: Kept, weight: Array, hyper: Any) -> tuple[Array, Kept]:
        total = grad if kept.g is None else kept.g + grad
        weight, state = rule.update(total, kept.state, weight, hyper)
        return weight, Kept(state, total)

    return _with_kept(rule, update)


def _reset(rule: Rule) -> Rule:
    if rule.minimize is None:
        return rule._replace(update=lambda grad, _, weight, hyper: rule.update(grad, rule.init(weight), weight, hyper))
    minimize = rule.minimize

    def anew(loss: Array, grad: Array, evaluate: Any, weight: Array, _: Any, hyper: Any) -> tuple[Array, Any]:
        return minimize(loss, grad, evaluate, weight, rule.init(weight), hyper)

    return rule._replace(minimize=anew)


def _shared(rule: Rule) -> Rule:
    def together(
        grads: Sequence[Array], states: Sequence[Any], weights: Sequence[Array], hyper: Any
    ) -> tuple[list[Array], list[Any]]:
        state = states[0]
        moved: list[Array] = []
        for grad, weight in zip(grads, weights, strict=True):
            new_weight, state = rule.update(grad, state, weight, hyper)
            moved.append(new_weight)
        return moved, [state] * len(moved)

    return rule._replace(together=together)


def _counting_together(rule: Rule) -> Rule:
    def together(
        grads: Sequence[Array], states: Sequence[Any], weights: Sequence[Array], hyper: Any
    ) -> tuple[list[Array], list[Any]]:
        t = states[0].t
        moved: list[Array] = []
        new_states: list[Any] = []
        for grad, state, weight in zip(grads, states, weights, strict=True):
            new_weight, new_state = rule.update(grad, state._replace(t=t), weight, hyper)
            t = new_state.t
            moved.append(new_weight)
            new_states.append(new_state)
        return moved, [state._replace(t=t) for state in new_states]

    return rule._replace(together=together)


def _remembering_together(rule: Rule) -> Rule:
    """Each counts for itself, but what it remembers is everybody's."""

    def together(
        grads: Sequence[Array], states: Sequence[Any], weights: Sequence[Array], hyper: Any
    ) -> tuple[list[Array], list[Any]]:
        shared = states[0]
        moved: list[Array] = []
        for grad, state, weight in zip(grads, states, weights, strict=True):
            new_weight, shared = rule.update(grad, shared._replace(t=state.t), weight, hyper)
            moved.append(new_weight)
        return moved, [shared] * len(moved)

    return rule._replace(together=together)


ACCUMULATED = Wrap(JOINT, _accumulated)
RESET = Wrap(JOINT, _reset)
SHARED = Wrap(JOINT, _shared)
REMEMBERING_TOGETHER = Wrap(JOINT, _remembering_together)
COUNTING_TOGETHER = Wrap(JOINT, _counting_together)
