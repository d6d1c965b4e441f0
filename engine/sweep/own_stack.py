"""Own code that broadcasts: many configurations trained as one by it, once that is shown to come to the same.

Whether it does is tried before use: configurations of the sweep take some steps on prescribed gradients, together and
each by itself, and all bits must be the same.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.network import Grads
from engine.diy.step import Clip
from engine.lane.diy_lane import clip_of, schedule_of
from engine.lane.own_code import OwnEntry
from engine.own.unusable import Unusable
from engine.spec import ExperimentSpec, OptimizerSpec, complete, shapes_of

from .grid import Grid
from .objective import objective_of
from .stack import Stack

MOST_TRIED = 4  # configurations
SIZES = (1.0, 1e-3, 30.0, 0.0, 0.1, 1.0)  # of the gradients that are prescribed, step by step
FALLING = (1.0, 1.0, 0.5, 0.5, 0.7, 0.1)  # a schedule's rates, by the first


class OwnMoves:
    """Stand for an optimizer's module in the textbook's step: own code moves the weights of all configurations.

    ``see`` is handed all gradients first, as a clip; ``update`` is asked for each weight.
    """

    def __init__(self, opened: OwnEntry, weights: Sequence[Array], hyper: Mapping[str, Any], clip: Clip | None):
        self._live, self._clip = opened.live(), clip
        self._live.start([np.array(weight) for weight in weights], opened.settings_in(hyper), opened.counts_from)
        self._gradients: list[Array] = []
        self._new: list[Array] = []
        self._at = 0

    def see(self, grads: Grads) -> Grads:
        """Clip as the entry says, and note what own code will be given."""
        clipped = self._clip(grads) if self._clip is not None else grads
        self._gradients, self._at = list(clipped.values()), 0
        return clipped

    def update(self, _: Array, state: Any, weight: Array, hyper: Any) -> tuple[Array, Any]:
        """Return the next weight; the first that is asked for has own code take its step with all."""
        if self._at == 0:
            self._new = self.step(self._gradients, hyper.lr, weight.dtype)
        self._at += 1
        return self._new[self._at - 1], state

    def step(self, gradients: Sequence[Array], rate: Any, dtype: Any) -> list[Array]:
        """Return the weights after a step, in a run's precision; own code may change them in place."""
        new = self._live.step(gradients, rate)
        if any(weight.dtype != dtype for weight in new):
            self._live.place([weight.astype(dtype) for weight in new])
            new = self._live.weights()
        return new


class OwnStack(Stack):
    """Train K configurations as one by own code."""

    def __init__(
        self, spec: ExperimentSpec, entry: OptimizerSpec, opened: OwnEntry, starts: Sequence[Array], hyper: Any
    ):
        stacked = _stacked(starts)
        moves = OwnMoves(opened, stacked, _by_name(entry, hyper), clip_of(entry))
        self._objective, self._hyper = objective_of(spec, entry, moves, moves.see), hyper
        self._params = self._objective.params(stacked)
        self._states = dict.fromkeys(self._params)
        self._begin_schedule(entry)


def broadcasts(spec: ExperimentSpec, grid: Grid) -> bool:
    """Return whether the entry's own code comes to the same bits with configurations together as with each alone."""
    group = max(grid.groups(grid.count), key=len)
    numbers = group[np.unique(np.linspace(0, len(group) - 1, MOST_TRIED).astype(int))]
    opened = OwnEntry(spec, grid.entry)
    if len(numbers) < 2 or not opened.repeats:
        return False
    try:
        with np.errstate(all="ignore"):
            return _comes_to_the_same(spec, grid, opened, numbers)
    except (Unusable, ValueError, TypeError, IndexError):
        return False  # by itself it is told what is wrong with it


def _comes_to_the_same(spec: ExperimentSpec, grid: Grid, opened: OwnEntry, numbers: Array) -> bool:
    drawn = np.random.default_rng(0)
    starts = [drawn.normal(size=(len(numbers), *shape)).astype(spec.dtype) for shape in shapes_of(spec).values()]
    steps = [[(drawn.normal(size=one.shape) * size).astype(spec.dtype) for one in starts] for size in SIZES]
    hyper = grid.hyper(numbers)
    rates = FALLING if schedule_of(grid.entry) is not None else (1.0,) * len(SIZES)
    together = OwnMoves(opened, _stacked(starts), _by_name(grid.entry, hyper), None)
    made = _taken(together, [_stacked(step) for step in steps], [_times(hyper.lr, rate) for rate in rates], spec.dtype)
    for place, number in enumerate(numbers):
        entry = grid.entry_of(int(number))
        own = complete(entry.name, entry.params)
        alone = OwnMoves(opened, [start[place] for start in starts], _by_name(entry, own), None)
        gradients = [[one[place] for one in step] for step in steps]
        found = _taken(alone, gradients, [own.lr * rate for rate in rates], spec.dtype)
        if not all(_is_same(one[place], other) for one, other in zip(made, found, strict=True)):
            return False
    return True


def _taken(moves: OwnMoves, steps: Sequence[Sequence[Array]], rates: Sequence[Any], dtype: str) -> list[Array]:
    """Return copies of the weights after each step, end to end."""
    kind = np.dtype(dtype)
    return [np.array(w) for step, rate in zip(steps, rates, strict=True) for w in moves.step(step, rate, kind)]


def _times(rates: Any, factor: float) -> Any:
    return rates if factor == 1 else rates * factor


def _is_same(one: Array, other: Array) -> bool:
    """Return whether a configuration's weight is the same alone; a bias has an axis of 1 among others."""
    return one.size == other.size and np.array_equal(one.reshape(other.shape), other, equal_nan=True)


def _stacked(starts: Sequence[Array]) -> list[Array]:
    return [start[:, None] if start.ndim == 2 else start for start in starts]


def _by_name(entry: OptimizerSpec, hyper: Any) -> dict[str, Any]:
    """Return hyperparameters by torch's names; of an entry without a name, by its own."""
    found = hyper._asdict()
    return {**entry.params, **found} if entry.name or isinstance(hyper.lr, Array) else dict(entry.params)
