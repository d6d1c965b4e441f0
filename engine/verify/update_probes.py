"""What an optimizer is tried on: weights prescribed at each step, gradients of all sizes, a rate that changes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.own.optimizers import Described, OptimizerProbe
from engine.own.settings import Setting

SHAPES: tuple[tuple[int, ...], ...] = ((2, 3), (4,))
TENSORS = ("weight", "bias")
STEPS = 8
# Times the learning rate, step by step: no round numbers, which 1 − β or the like may be as well.
RATES = (1.0, 1.1, 0.57, 2.3, 0.27, 0.27, 3.1, 1.7)
ON = {"weight_decay": 0.1, "momentum": 0.8, "dampening": 0.25, "lr_decay": 0.05, "initial_accumulator_value": 0.3,
      "nesterov": True, "amsgrad": True, "centered": True, "maximize": True,
      "decoupled_weight_decay": True}  # fmt: skip
WITH = {
    "decoupled_weight_decay": ("weight_decay",),
    "nesterov": ("momentum",),
    "dampening": ("momentum",),
}  # which needs the other to be on


def probes(found: Described, given: Mapping[str, Any], seed: int, free_steps: int) -> list[OptimizerProbe]:
    """Make the probes: first one with the code's own numbers, then each switch of the code on, last a free run."""
    base = _values(found, given)
    made = [_prescribed(found, base, seed)]
    made += [_prescribed(found, base | on, seed + number) for number, on in enumerate(_switches(found, base, given), 1)]
    made.append(_free(found, base, seed + 100, free_steps))
    return made


def _values(found: Described, given: Mapping[str, Any]) -> dict[str, Any]:
    return {one.name: given.get(one.name, one.value) for one in found.settings if one.settable}


def _switches(found: Described, base: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Hyperparameters that are off and can be turned on."""
    by_role = {one.role: one for one in found.settings if one.settable}
    for role, value in ON.items():
        one = by_role.get(role)
        if one is None or one.name in given or base.get(one.name):
            continue
        on = {one.name: value}
        for other in WITH.get(role, ()):
            needed = by_role.get(other)
            if needed is not None and not base.get(needed.name):
                on[needed.name] = ON[other]
        yield on
    together = [by_role[role] for role in ("weight_decay", "momentum") if role in by_role]
    if len(together) > 1 and not any(one.name in given for one in together):
        yield {one.name: base.get(one.name) or ON[one.role] for one in together}


def _prescribed(found: Described, settings: dict[str, Any], seed: int) -> OptimizerProbe:
    random = np.random.default_rng(seed)
    weights = [[_weights(shape, random) for shape in found.shapes] for _ in range(STEPS)]
    gradients = _gradients(found.shapes, STEPS, random)
    rates = None
    if found.changes_rate:
        rates = [factor * _rate(found.settings, settings) for factor in RATES]
    return OptimizerProbe(weights, gradients, rates, settings)


def _free(found: Described, settings: dict[str, Any], seed: int, steps: int) -> OptimizerProbe:
    random = np.random.default_rng(seed)
    start = [_weights(shape, random) for shape in found.shapes]
    gradients = [[random.normal(size=shape) for shape in found.shapes] for _ in range(steps)]
    return OptimizerProbe([start], gradients, None, settings)


def _rate(settings: Sequence[Setting], values: Mapping[str, Any]) -> float:
    for role in ("lr", "alpha"):
        for one in settings:
            if one.role == role:
                return float(values.get(one.name, one.value))
    return 0.01


def _weights(shape: tuple[int, ...], random: np.random.Generator) -> Array:
    """Draw weights of the size of steps, one of them 0: beside large ones small steps lose their digits."""
    sizes = 10.0 ** random.uniform(-4, 0.5, size=shape)
    weights = sizes * random.choice([-1.0, 1.0], size=shape)
    weights.flat[-1] = 0.0
    return weights


def _gradients(shapes: Sequence[tuple[int, ...]], steps: int, random: np.random.Generator) -> list[list[Array]]:
    """Each element keeps about its size from step to step; signs and factors change; one is 0, one is 0 at first."""
    sizes = [np.resize(10.0 ** np.array([-9, 3, 0, -1, -5, 1, -2, 0.5]), shape) for shape in shapes]
    made: list[list[Array]] = []
    for step in range(steps):
        gradients = []
        for size in sizes:
            gradient = size * random.uniform(0.2, 2, size=size.shape) * random.choice([-1.0, 1.0], size=size.shape)
            gradient.flat[2] *= (
                1e-3 if step in (3, 4) else 3.0 if step > 4 else 1.0
            )  # a mean of squares falls, and rises
            gradient.flat[3] = 0.0 if step < 2 else gradient.flat[3]
            gradient.flat[-1] = 0.0 if size.ndim > 1 else gradient.flat[-1]
            gradients.append(gradient)
        made.append(gradients)
    return made
