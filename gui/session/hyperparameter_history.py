"""A run's hyperparameters over its steps: those it began with, and every change made since.

A change made after step k is in force for every step after k, so a run that stands after step k shows it.
"""

from collections.abc import Sequence
from typing import Any

from engine.protocol import Change, code_after, params_after
from engine.spec import ExperimentSpec

Params = dict[str, Any]


class HyperparameterHistory:
    """Keep the changes of a run begun with ``spec``; ``changes``: those of an earlier run that it repeats.

    ``made``: they are made already, as that run is taken up where it stood.
    """

    def __init__(self, spec: ExperimentSpec, changes: Sequence[Change] = (), *, made: bool = False):
        self._texts = {name: one.text or "" for name, one in (spec.code or {}).items()}
        self._start: tuple[Params, ...] = tuple(entry.params for entry in spec.optimizers)
        self.changes = sorted(changes, key=lambda change: change.step)  # stable: of one step the last counts
        self._to_come = [] if made else list(self.changes)

    @property
    def repeats(self) -> bool:
        """Return whether changes of the run that is repeated are still to be made."""
        return bool(self._to_come)

    def start_of(self, spec: ExperimentSpec) -> ExperimentSpec:
        """Return ``spec`` with the hyperparameters that the run began with."""
        return spec.with_params(self._start).with_texts(self._texts)

    def at(self, spec: ExperimentSpec, step: int) -> ExperimentSpec:
        """Return ``spec`` with the hyperparameters in force where the run stands after ``step``.

        A run that is being repeated is on its way to its end, and counts as being there.
        """
        after = None if self._to_come else step
        return spec.with_params(self._in_force(step)).with_texts(self._texts | code_after(self.changes, after))

    def _in_force(self, step: int) -> list[Params]:
        return params_after(self._start, self.changes, None if self._to_come else step)

    def made(self, change: Change) -> None:
        """Take down a change that the engine made. One to something else replaces all that came after its step."""
        if change in self._to_come:
            self._to_come.remove(change)
        elif change.code or change.params != self._in_force(change.step)[change.entry]:
            at = (change.step, change.entry)
            kept = [
                one for one in self.changes
                if one.step <= change.step and ((one.step, one.entry) != at or bool(one.code) != bool(change.code))
            ]  # fmt: skip
            self.changes = [*kept, change]
