"""What variants and their references are run on, to see whether they are told apart: float64, several steps."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.diy.optimizers import OPTIMIZERS

ON: dict[str, Any] = {
    "weight_decay": 0.1,
    "momentum": 0.9,
    "dampening": 0.3,
    "nesterov": True,
    "amsgrad": True,
    "centered": True,
    "lr_decay": 0.2,
    "initial_accumulator_value": 0.5,
    "decoupled_weight_decay": True,
}
MATRIX, PAIR, VECTOR = ((2, 3),), ((2, 3), (2, 3)), ((4,),)


class Probe(NamedTuple):
    """Weights of these shapes, moved together; ``changing``: the rate is another one at every step."""

    shapes: tuple[tuple[int, ...], ...]
    steps: int = 8
    changing: bool = True


class Bench:
    """An optimizer's rules, run from weights prescribed at each step, so that a NaN at the first hides nothing."""

    def __init__(self, name: str):
        self._module = OPTIMIZERS[name]
        self._switches = [switch for switch in ON if switch in self._module.Hyper._fields]
        self._probes = (
            [Probe(PAIR)] if name == "Muon" else [Probe(PAIR), Probe(VECTOR)]
        )  # of Muon's there are no others

    def params(self, on: tuple[str, ...]) -> dict[str, Any] | None:
        """Those switched on, and the others switched off; None where torch refuses it."""
        off = {name: type(ON[name])(0) for name in self._switches}
        params = {**off, **{name: ON[name] for name in self._switches if name in on}}
        conflicts: Any = getattr(self._module, "conflicts", lambda _: ())
        return None if [*conflicts(self._module.Hyper(**params))] else params

    def settings(self) -> Iterator[dict[str, Any]]:
        """Every few of the switches on."""
        for size in range(4):
            for on in combinations(self._switches, size):
                params = self.params(on)
                if params is not None:
                    yield params

    def everywhere(self, rule: Any, seed: int = 0) -> Array:
        """All that the rule comes to, in all settings."""
        paths = [self.path(rule, params, probe, seed) for params in self.settings() for probe in self._probes]
        return np.concatenate(paths)

    def path(self, rule: Any, params: Mapping[str, Any], probe: Probe, seed: int = 0) -> Array:
        """Where each step leads to, all numbers of it end to end."""
        rng = np.random.default_rng(seed)
        hyper = rule.Hyper(**params)
        states = rule.begin([rng.normal(size=shape) for shape in probe.shapes])
        results: list[Array] = []
        for step in range(probe.steps):
            weights = [rng.normal(size=shape) for shape in probe.shapes]
            grads = [_gradient(rng, shape, step) for shape in probe.shapes]
            rate = hyper.lr * (0.5 + rng.random()) if probe.changing else hyper.lr
            moved, states = rule.step(grads, states, weights, hyper._replace(lr=rate))
            results.extend(weight.ravel() for weight in moved)
        return np.concatenate(results)


def _gradient(rng: np.random.Generator, shape: tuple[int, ...], step: int) -> Array:
    """Return one with an element that is always 0, one that sometimes is, a tiny, a large and ordinary ones."""
    grad = rng.normal(size=shape).ravel() * np.resize([1.0, 0.0, 1e-3, 1e-9, 3.0, 1e3], np.prod(shape))
    if step % 3 == 1:
        grad[2] = 0
    return grad.reshape(shape)


def alike(one: Array, other: Array) -> bool:
    """Whether two results are the same but for rounding."""
    if one.shape != other.shape:
        return False
    finite = np.isfinite(one)
    if not np.array_equal(finite, np.isfinite(other)):
        return False
    a, b = one[finite], other[finite]
    return bool(np.all(np.abs(a - b) <= 1e-11 * (np.abs(a) + np.abs(b)) + 1e-300))
