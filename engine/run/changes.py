"""Hyperparameters over time: what an experiment began with, and what was changed after which step."""

from bisect import bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.protocol import Change
from engine.spec import ExperimentSpec


class Changes:
    """A run's changes of hyperparameters in the order of their steps; of two at one step the later made counts.

    ``first``: the experiment before any.
    """

    def __init__(self, spec: ExperimentSpec, changes: Sequence[Change] = ()):
        self.first = spec
        self._changes = sorted(changes, key=_step)

    def __iter__(self) -> Iterator[Change]:
        return iter(self._changes)

    def count(self, step: int) -> int:
        """Return how many changes are in force for the steps after ``step``."""
        return bisect_right(self._changes, step, key=_step)

    def next_after(self, step: int) -> int | None:
        """Return the next step at which something changes."""
        place = self.count(step)
        return self._changes[place].step if place < len(self._changes) else None

    def in_force(self, step: int) -> ExperimentSpec:
        """Return the experiment with the hyperparameters of the steps after ``step``."""
        spec = self.first
        for change in self._changes[: self.count(step)]:
            spec = with_params(spec, change.entry, change.params)
        return spec

    def add(self, change: Change) -> None:
        insort(self._changes, change, key=_step)

    def truncate(self, step: int) -> None:
        """Forget those made after ``step``."""
        del self._changes[self.count(step) :]


def _step(change: Change) -> int:
    return change.step


def with_params(spec: ExperimentSpec, entry: int, params: Mapping[str, Any]) -> ExperimentSpec:
    """Return the experiment with other hyperparameters in one optimizer entry."""
    entries = list(spec.optimizers)
    entries[entry] = entries[entry].model_copy(update={"params": dict(params)})
    return spec.model_copy(update={"optimizers": tuple(entries)})
