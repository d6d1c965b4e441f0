"""Which configuration is which: their hyperparameters, their starts, and which are trained as one."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.protocol import SweepAxis, SweepPlan
from engine.spec import ExperimentSpec, OptimizerSpec, complete, hyper_fields, with_value
from engine.spec.plans import as_kind

from .weak import weak


class Grid:
    """Number a sweep's configurations through ``shape`` (axis 1, axis 2 or 1, seeds or 1), the last one first."""

    def __init__(self, spec: ExperimentSpec, plan: SweepPlan):
        self.entry = spec.optimizers[plan.entry]
        self._axes = plan.axes
        lengths = [len(axis.values) for axis in plan.axes]
        self.shape = (lengths[0], lengths[1] if len(lengths) > 1 else 1, max(len(plan.seeds), 1))
        self._fields = {field.path: field for field in hyper_fields(self.entry.name)}

    @property
    def count(self) -> int:
        """Return how many configurations there are."""
        return int(np.prod(self.shape))

    def seeds(self, numbers: Array) -> Array:
        """Return the index of each configuration's seed in the plan."""
        return numbers % self.shape[2]

    def groups(self, size: int) -> Iterator[Array]:
        """Yield numbers of configurations that can be trained as one, at most ``size`` at a time.

        A whole number is how often something is done, which the textbook cannot do a different number of times in
        one go: each of its values makes a group of its own.
        """
        every = np.arange(self.count)
        whole = [axis for axis in self._axes if self._fields[axis.path].kind is int]
        keys = np.stack([self._values(axis, every) for axis in whole] or [np.zeros(self.count)], axis=-1)
        for key in np.unique(keys, axis=0):
            numbers = every[(keys == key).all(axis=-1)]
            yield from (numbers[first : first + size] for first in range(0, len(numbers), size))

    def hyper(self, numbers: Array) -> Any:
        """Return the optimizer's ``Hyper`` of these configurations, swept fields as arrays (K, 1, 1)."""
        hyper = complete(self.entry.name, self.entry.params)
        for axis in self._axes:
            values = self._values(axis, numbers)
            is_whole = self._fields[axis.path].kind is int
            value = int(values[0]) if is_whole else weak(values)
            name, *place = axis.path
            if place:
                pair = list(getattr(hyper, str(name)))
                pair[int(place[0])] = value
                value = tuple(pair)
            hyper = hyper._replace(**{str(name): value})
        return hyper

    def entry_of(self, number: int) -> OptimizerSpec:
        """Return one configuration as an optimizer entry of its own."""
        entry = self.entry
        for axis in self._axes:
            value = float(self._values(axis, np.array([number]))[0])
            entry = with_value(entry, axis.path, as_kind(self._fields[axis.path], value))
        return entry

    def _values(self, axis: SweepAxis, numbers: Array) -> Array:
        place = np.unravel_index(numbers, self.shape)[self._axes.index(axis)]
        return np.asarray(axis.values, np.float64)[place]
