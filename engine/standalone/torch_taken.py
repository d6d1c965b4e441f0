"""The learning rates that torch's schedules took, as a list of numbers, where no scheduler of torch's repeats them.

A person's change of a rate during a run has a schedule begun anew and led on to its step, and a rate that grows beyond
what a step can take is bounded: a script has no call for either.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.backends import rates_taken
from engine.diy.schedules.hyper import LARGEST_RATE
from engine.spec import OptimizerSpec, complete
from engine.spec.groups import groups_of
from engine.spec.hyperparameters import looks_at_loss
from engine.spec.schedule_chain import Chain

from .cells import Asked, Cell
from .literals import is_packed, packed_text, rows_text

NEARLY = 1 - 1e-6  # torch comes to a rate in several roundings
WHY = {
    True: "The learning rate of each step: the schedule's, begun anew where something was changed during the run.",
    False: "The learning rate of each step: the schedule's, which outgrows what a step can take.",
}


class Taken(NamedTuple):
    """Hold what one optimizer's groups had in each step, shaped (steps, groups), and what a cycle moves of them.

    ``tail`` is what its name in the script ends with; ``field``: which hyperparameter ``momenta`` are.
    """

    tail: str
    rates: Array
    field: str | None = None
    momenta: Array | None = None

    @property
    def arrays(self) -> list[Array]:
        return [self.rates, *([] if self.momenta is None else [self.momenta])]

    def code(self) -> str:
        """Return the numbers under their names."""
        named = [(f"RATES{self.tail}", self.rates), (f"MOMENTA{self.tail}", self.momenta)]
        return "\n".join(f"{name} = {_text(array)}" for name, array in named if array is not None)

    def step_lines(self) -> Iterator[str]:
        """Yield the lines by which a step is given them."""
        moved = {"betas": '(momentum, *group["betas"][1:])', "momentum": "momentum"}.get(self.field or "")
        if moved is None:
            yield f"for group, rate in zip(optimizer{self.tail}.param_groups, RATES{self.tail}[step - 1]):"
            yield '    group["lr"] = rate'
            return
        both = f"RATES{self.tail}[step - 1], MOMENTA{self.tail}[step - 1]"
        yield f"for group, rate, momentum in zip(optimizer{self.tail}.param_groups, {both}):"
        yield f'    group["lr"], group["{self.field}"] = rate, {moved}'


def taken_of(asked: Asked, weights: Sequence[str]) -> list[Taken]:
    """Return what each of an entry's optimizers took; nothing where torch's schedulers say it."""
    entry = asked.entry
    if not entry.phases or looks_at_loss(entry.phases[0].name):
        return []
    if not asked.changes and not any(_outgrows(rate, entry, asked.steps) for rate in _rates(entry, weights)):
        return []
    classes = _classes(entry, weights)
    changed = {after: _classes(entry.model_copy(update={"params": dict(p)}), weights) for after, p in asked.changes}
    return [
        _taken(
            str(number) if len(classes) > 1 else "",
            entries,
            asked.steps,
            {after: those[name] for after, those in changed.items()},
        )
        for number, (name, entries) in enumerate(classes.items(), start=1)
    ]


def taken_cell(taken: Sequence[Taken], *, is_changed: bool) -> Cell:
    """Return the numbers of all optimizers."""
    return Cell(WHY[is_changed], "\n".join(one.code() for one in taken))


def _classes(entry: OptimizerSpec, weights: Sequence[str]) -> dict[str, list[OptimizerSpec]]:
    found: dict[str, list[OptimizerSpec]] = {}
    for group in groups_of(entry, weights):
        found.setdefault(group.entry.name, []).append(group.entry)
    return found


def _rates(entry: OptimizerSpec, weights: Sequence[str]) -> set[float]:
    return {complete(group.entry.name, group.entry.params).lr for group in groups_of(entry, weights)}


def _outgrows(base: float, entry: OptimizerSpec, steps: int) -> bool:
    """Tell whether a rate comes to more than a step can take."""
    chain = Chain(entry.phases)
    with np.errstate(all="ignore"):
        try:
            return any(not chain.rate(t, base) < LARGEST_RATE * NEARLY for t in range(steps))
        except OverflowError:
            return True


def _taken(tail: str, entries: Sequence[OptimizerSpec], steps: int, changes: dict[int, list[OptimizerSpec]]) -> Taken:
    found = rates_taken(entries, steps, changes)
    rates = np.array([[one["lr"] for one in step] for step in found], np.float64)
    field = next((name for name in found[0][0] if name != "lr"), None)
    if field is None or not Chain(entries[0].phases).moves_momentum:
        return Taken(tail, rates)
    momenta = [[one[field][0] if field == "betas" else one[field] for one in step] for step in found]
    return Taken(tail, rates, field, np.array(momenta, np.float64))


def _text(array: Array) -> str:
    return f"{packed_text(array)}.tolist()" if is_packed(array) else rows_text(array)
