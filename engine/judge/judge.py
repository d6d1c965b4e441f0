"""A step is judged: DIY takes it from torch's state, in float64 and in the run's precision, and stages are heard."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from engine.lane.batches import Rows
from engine.lane.lane import Snapshot
from engine.lane.stage import LayerStage, Stage, Update, stage_of
from engine.protocol import Instability, Mismatch
from engine.spec import ExperimentSpec

from .hearing import Wrong, hear_instabilities, hear_mistakes
from .log_verdict import LogVerdict
from .muon import orthogonal_wrong
from .own_update import OwnUpdates
from .parts import Turns
from .recorded import in_float64, recorded
from .scheduled import schedule_wrong
from .stages import stages_of

UPDATES = ("update", "minimize")
Finding = Mismatch | Instability


class Ruling(NamedTuple):
    """Hold the values of a step that are more than rounding apart, in the step's order; none: all is rounding."""

    step: int
    wrong: tuple[Wrong, ...]

    @property
    def finding(self) -> Finding | None:
        """Return the first wrong value as the window has it, None where all is rounding."""
        if not self.wrong:
            return None
        first = self.wrong[0]
        kind = Instability if first.unstable else Mismatch
        return kind(self.step, stage_of(first.name), first.name, first.index, first.diy, first.torch)


Hearings = Turns[Ruling]


def hearings(
    spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows, step: int, *, everything: bool = False
) -> Hearings:
    """Judge step ``step`` of an optimizer entry, taken from torch's state ``before`` on ``rows``, a stage at a time.

    ``spec`` has the hyperparameters in force; ``everything``: go on behind the first mistake.
    """
    spec = without_code(spec, entry)  # of which the textbook has all but the update, and that is judged apart
    if not _is_finite(before):
        return Ruling(step, ())
    found = yield from _until_wrong(_mistakes(spec, entry, before, rows, step), everything)
    if spec.dtype != "float64":
        own = _instabilities(spec, entry, before, rows, step)
        last = found[0][0] if found and not everything else None  # what comes later is a consequence
        found += yield from _until_wrong(own, everything, last)
    return Ruling(step, tuple(wrong for _, wrong in sorted(found, key=lambda one: one[0])))


def with_own_update(ruling: Ruling, own: OwnUpdates | LogVerdict, since: int = 0) -> Ruling:
    """Return the ruling with the first update of own code, or number of a log, that is no rounding, if it is the first.

    Asked are those after the step ``since`` up to the ruling's.
    """
    found = own.wrong(ruling.step, since)
    if found is None or (ruling.wrong and ruling.step <= found[0]):
        return ruling
    step, wrong = found
    return Ruling(step, (wrong,))


def without_code(spec: ExperimentSpec, entry: int) -> ExperimentSpec:
    """Return the experiment with the textbook in the place of an entry's own code: SGD, where that has no name."""
    one = spec.optimizers[entry]
    if one.code is None:
        return spec
    entries = list(spec.optimizers)
    nameless: dict[str, Any] = {"name": "SGD", "params": {}, "schedule": None, "reference": None}
    entries[entry] = one.model_copy(update={"code": None, **({} if one.name else nameless)})
    return spec.model_copy(update={"optimizers": tuple(entries)})


def _until_wrong(
    stages: Iterator[Turns[list[Wrong]]], everything: bool, last: int | None = None
) -> Turns[list[tuple[int, Wrong]]]:
    """Hear stage after stage, ``last`` of them; what is wrong, with the place of its stage in the step."""
    found: list[tuple[int, Wrong]] = []
    for place, hearing in enumerate(stages):
        if place == last:
            break
        wrongs = yield from hearing
        found += [(place, wrong) for wrong in wrongs]
        if found and not everything:
            break
        yield
    return found


def _mistakes(
    spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows, number: int
) -> Iterator[Turns[list[Wrong]]]:
    """Yield the hearing of each stage in float64.

    Of what own code makes in float32 there are no more digits to judge, unless they are what the run asks for.
    """
    is_narrow = spec.dtype == "float32"
    spec, rows = in_float64(spec, rows)
    step = recorded(spec, entry, before, rows, number)
    stages = [_without(stage, step.narrow) if is_narrow else stage for stage in stages_of(spec, entry, step)]
    scheduled = schedule_wrong(spec, entry, before, step)
    del step  # it holds all that was made on the way
    is_updated = False
    for stage in stages:
        wrongs: list[Wrong] = []
        if stage.kind in UPDATES and not is_updated:
            is_updated, wrongs = True, scheduled
        if "O" in stage.inputs:
            wrongs = [*wrongs, *orthogonal_wrong(spec, entry, before, rows, number, stage)]
        yield _with(wrongs, hear_mistakes(stage))


def _with(wrongs: list[Wrong], hearing: Turns[list[Wrong]]) -> Turns[list[Wrong]]:
    return [*wrongs, *(yield from hearing)]


def _without(stage: Stage, names: frozenset[str]) -> Stage:
    """Return the stage without results of these names."""
    if not names.intersection(stage.names.values()):
        return stage
    kept = {role: name for role, name in stage.names.items() if name not in names}
    return stage._replace(names=kept, results={role: stage.results[role] for role in kept})


def _instabilities(
    spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows, number: int
) -> Iterator[Turns[list[Wrong]]]:
    """Yield the hearing of each stage in the run's own precision."""
    for stage in [*stages_of(spec, entry, recorded(spec, entry, before, rows, number))]:
        yield hear_instabilities(stage, exactly(stage))


def exactly(stage: Stage) -> Stage:
    """Return the stage for float64: what stands for the precision's own epsilon stays what it is in float32."""
    about = stage.about
    if isinstance(about, LayerStage) and about.kind == "RMSNorm" and about.hyper.eps is None:
        return stage._replace(about=about._replace(hyper=about.hyper._replace(eps=float(np.finfo(np.float32).eps))))
    if isinstance(about, Update) and about.optimizer == "Adafactor" and about.hyper.eps[0] is None:
        hyper = about.hyper._replace(eps=(float(np.finfo(np.float32).eps), about.hyper.eps[1]))
        return stage._replace(about=about._replace(hyper=hyper))
    return stage


def _is_finite(before: Snapshot) -> bool:
    """From weights that are no numbers any more nothing can be told."""
    return all(np.isfinite(weight).all() for weight in before.weights)
