"""Hyperparameters over time: what an experiment began with, and what was changed after which step."""

from bisect import bisect_right, insort
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from engine.protocol import Change, code_after, params_after
from engine.spec import ExperimentSpec


class HyperparameterChanges:
    """Keep a run's changes of hyperparameters by their steps; of two at one step the later made counts.

    ``first``: the experiment before any; ``typed``: the same without what own code has for itself, as a person has
    typed it.
    """

    def __init__(self, spec: ExperimentSpec, changes: Sequence[Change] = ()):
        self.first = self.typed = spec
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

    def of_code(self, files: Collection[str]) -> list[int]:
        """Return the steps after which one of these files of own code has another text, each once."""
        changed = [change.step for change in self._changes if any(file in files for file, _ in change.code)]
        return list(dict.fromkeys(changed))

    def in_force(self, step: int) -> ExperimentSpec:
        """Return the experiment with the hyperparameters of the steps after ``step``."""
        start = [entry.params for entry in self.first.optimizers]
        spec = self.first.with_params(params_after(start, self._changes, step))
        return spec.with_texts(code_after(self._changes, step))

    def of(self, entry: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the steps after which an entry has other hyperparameters, and these; first 0 and what it began with."""
        yield 0, self.first.optimizers[entry].params
        yield from ((change.step, change.params) for change in self._changes if change.entry == entry)

    def as_typed(self) -> Iterator[Change]:
        """Yield the changes, those of code without what the code has for itself."""
        names = [set(entry.params) for entry in self.typed.optimizers]
        for change in self._changes:
            if not change.code:
                names[change.entry] = set(change.params)
                yield change
            else:
                params = {name: value for name, value in change.params.items() if name in names[change.entry]}
                yield change._replace(params=params)

    def add(self, change: Change) -> None:
        insort(self._changes, change, key=_step)

    def truncate(self, step: int) -> None:
        """Forget those made after ``step``."""
        del self._changes[self.count(step) :]


def _step(change: Change) -> int:
    return change.step
