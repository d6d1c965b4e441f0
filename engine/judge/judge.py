"""A step is judged: DIY takes it from torch's state, in float64 and in the run's precision, and stages are heard."""

from collections.abc import Generator, Iterator
from itertools import zip_longest
from typing import NamedTuple

import numpy as np

from engine.batches import Rows
from engine.lane import Snapshot
from engine.protocol import Divergence, Instability
from engine.spec import ExperimentSpec
from engine.stage import Stage, Update, stage_of

from .hearing import Wrong, mistaken, unstable
from .muon import orthogonal_wrong
from .recorded import in_float64, recorded
from .scheduled import schedule_wrong
from .stages import stages_of

Finding = Divergence | Instability


class Ruling(NamedTuple):
    """``wrong`` are the values that are more than rounding apart, in the order of the step; empty: all is rounding."""

    step: int
    wrong: tuple[Wrong, ...]

    @property
    def finding(self) -> Finding | None:
        """The first of them."""
        if not self.wrong:
            return None
        first = self.wrong[0]
        kind = Instability if first.unstable else Divergence
        return kind(self.step, stage_of(first.name), first.name, first.index, first.diy, first.torch)


Hearings = Generator[None, None, Ruling]  # stops between two stages, so that others can have their turn


def finished(under_way: Hearings) -> Ruling:
    """What hearings come to that nobody interrupts."""
    while True:
        try:
            next(under_way)
        except StopIteration as end:
            return end.value


def hearings(
    spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows, step: int, *, everything: bool = False
) -> Hearings:
    """Judge step ``step`` of an optimizer entry, taken from torch's state ``before`` on ``rows``, a stage at a time.

    ``spec`` has the hyperparameters in force; ``everything``: go on behind the first mistake.
    """
    found: list[tuple[int, Wrong]] = []
    if not _is_finite(before):
        return Ruling(step, ())
    for place, heard in _heard(spec, entry, before, rows):
        found += [(place, wrong) for wrong in heard]
        if found and not everything:
            break
        yield
    return Ruling(step, tuple(wrong for _, wrong in sorted(found, key=lambda one: one[0])))


def _heard(spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows) -> Iterator[tuple[int, list[Wrong]]]:
    """The place of each stage in the step, and what is wrong in it."""
    exact_spec = in_float64(spec)
    exact = recorded(exact_spec, entry, before, rows)
    own = None if spec.dtype == "float64" else recorded(spec, entry, before, rows)
    updates = [*stages_of(exact_spec, entry, exact)]
    in_own = [] if own is None else [*stages_of(spec, entry, own)]
    first = next((place for place, stage in enumerate(updates) if stage.kind in ("update", "minimize")), len(updates))
    for place, (stage, twin) in enumerate(zip_longest(updates, in_own)):
        if place == first:
            yield place, schedule_wrong(exact_spec, entry, before, exact)
        if stage is not None:
            if "O" in stage.inputs:
                yield place, orthogonal_wrong(exact_spec, entry, before, rows, stage)
            yield place, mistaken(stage)
        if twin is not None:
            yield place, unstable(twin, _exactly(twin))


def _exactly(stage: Stage) -> Stage:
    """The same question for float64: what stands for the precision's own epsilon stays what it is in float32."""
    about = stage.about
    if isinstance(about, Update) and about.optimizer == "Adafactor" and about.hyper.eps[0] is None:
        hyper = about.hyper._replace(eps=(float(np.finfo(np.float32).eps), about.hyper.eps[1]))
        return stage._replace(about=about._replace(hyper=hyper))
    return stage


def _is_finite(before: Snapshot) -> bool:
    """From weights that are no numbers any more nothing can be told."""
    return all(np.isfinite(weight).all() for weight in before.weights)
