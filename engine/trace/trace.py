"""A recorded step with all that is known of it: DIY's and torch's values under their names."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.backends import make_lane, masks_of
from engine.judge.hearing import Wrong
from engine.judge.log_verdict import LogVerdict
from engine.judge.own_reference import ReferenceUpdates
from engine.judge.own_update import OwnUpdates
from engine.kept_source import lines_of
from engine.lane.batches import Batches, Rows
from engine.lane.diy_lane import DiyLane
from engine.lane.grouped_lane import diy_lane, grouped_numbers
from engine.lane.lane import Snapshot, naming_step, numbers_of
from engine.lane.layout import RATE
from engine.lane.log_lane import LogLane
from engine.lane.names import is_given, state_before
from engine.lane.own_code import texts_that_run
from engine.lane.own_lane import OwnLane
from engine.layer_names import layer_of
from engine.recording.recorded_step import RecordedStep
from engine.recording.recorder import RETURN, RecordedCall, RecordedLine
from engine.spec import ExperimentSpec, layers_in, parts_of, shapes_of
from engine.spec.groups import entry_of_weight, groups_of

from .value_names import Names


class TwinStep(NamedTuple):
    """Hold torch's step: where its lane stood ``before``; by name, what it ``begins`` with and what is ``recorded``."""

    before: Snapshot
    begins: dict[str, Array]
    recorded: dict[str, Array]

    @property
    def nbytes(self) -> int:
        return _nbytes((*self.begins.values(), *self.recorded.values()))


class Trace:
    """Step by ``entry``'s DIY lane from ``before``, and torch's of the same step from its own state.

    ``diy`` and ``torch`` hold the step's values by name: those of ``Lane.recorded_step``, weights and state entries
    before it (``layer1.weight.before``), the batch's ``x`` and ``y``, and hyperparameters. An event is an
    index of ``lines``, the moment before the line runs. ``updates`` are those of own code that are no rounding;
    ``texts`` what ran of a person's files, by their names. ``logged``, of a log alone, are its own numbers: they are
    the step's values, whatever the textbook's lines have made there.
    """

    def __init__(
        self,
        spec: ExperimentSpec,
        entry: int,
        own: RecordedStep,
        twin: TwinStep | None,
        batch: Rows,
        updates: Sequence[Wrong] = (),
    ):
        self.updates = updates
        self.texts = texts_that_run(spec)
        self.spec, self.entry, self.batch = spec, entry, batch
        self.rows = row_numbers(spec, batch)
        self._own = own
        hyper = _hyper_numbers(spec, entry, own)
        self.calls: list[RecordedCall] = own.recording.calls
        self.lines: list[RecordedLine] = own.recording.lines
        self.named = own.named
        self.logged = own.logged
        by_name = {**own.named, **own.logged, **hyper}
        self.diy = {name: np.asarray(value) for name, value in by_name.items()}
        self.twin = twin
        self.torch = None if twin is None else {**twin.begins, **twin.recorded}
        self.stages = own.stages
        self._names = Names(own.named, hyper, self._prefix, own.handed)
        self._layers = {layer.name: layer for layer in layers_in(spec)}

    @property
    def hyper(self) -> Any:
        """Return the optimizer's ``Hyper`` that was in force; of groups each weight's, by name."""
        return self._own.hyper

    def rule_of(self, weight: str) -> str:
        """Name the rule that moves a weight; empty where that is own code, of whose state nothing is known."""
        entry = entry_of_weight(self.spec.optimizers[self.entry], weight)
        return entry.name if entry.code is None else ""

    def hyper_of(self, weight: str) -> Any:
        """Return the ``Hyper`` by which a weight was moved."""
        return self._own.hyper_of(weight)

    def _prefix(self, weight: str) -> str:
        """Return what the names of the hyperparameters of a weight's group begin with."""
        entry = self.spec.optimizers[self.entry]
        return groups_of(entry, (weight,))[0].prefix if entry.groups else ""

    @property
    def recorded(self) -> list[str]:
        """Return the names of what comes out of the step, in order."""
        return [name for name in self.named if not is_given(name)]

    @cached_property
    def nbytes(self) -> int:
        """Return the bytes of all its arrays."""
        made = (value for line in self.lines for value in line.made.values())
        return _nbytes((*self.diy.values(), *made)) + (0 if self.twin is None else self.twin.nbytes)

    def variables_at(self, event: int) -> dict[str, Any]:
        """Return the variables of the event's frame before its line runs. What was bound once stays."""
        call = self.lines[event].call
        variables = dict(self.calls[call].arguments)
        for earlier in self.stages.lines_of_call[call]:
            if earlier >= event:
                break
            variables.update(self.lines[earlier].made)
        return variables

    def keys_at(self, event: int) -> Mapping[str, str | int]:
        """Return what the frame's variables held before the line that something may be kept under."""
        return self.lines[event].keys

    def made_at(self, event: int) -> dict[str, Any]:
        """Return what the line created or bound again; what it returned, as ``return``."""
        return self.lines[event].made

    def source_line(self, event: int) -> str:
        """Return the line as it stood in its file when that was compiled."""
        return lines_of(self.calls[self.lines[event].call].code.co_filename)[self.lines[event].line - 1]

    def layer_of(self, event: int) -> int | None:
        """Return the number, from 1, of the layer that the event's function works on, or inside of."""
        name = self.stages.layers[self.lines[event].call]
        return None if name is None else layer_of(name)

    def stage_of(self, event: int) -> str:
        return self.stages.spans[self.stages.stage_at(event)].name

    def twin_name(self, value: Any, variable: str = "", call: int | None = None) -> str | None:
        """Return the name of a value in ``diy`` and ``torch``. ``variable`` decides where one object is two things
        (z and a of an identity layer); a plain number has a name only together with its ``call``.
        """
        if call is not None and variable == RETURN and self._is_rate(value, call):
            return RATE
        if call is None:
            return self._names.name(value, variable)
        layer = self._layers.get(self.stages.layers[call] or "")
        return self._names.name(value, variable, self.stages.weights[call], layer)

    def _is_rate(self, value: Any, call: int) -> bool:
        """Whether the call computed the step's learning rate: a plain number that no variable holds."""
        code, caller, _ = self.calls[call]
        return caller is None and code.co_name == "rate" and RATE in self.named and value == self.named[RATE]


def _hyper_numbers(spec: ExperimentSpec, entry: int, own: RecordedStep) -> dict[str, float]:
    """Return the hyperparameters in force that are numbers, those of a group with that in front of their names."""
    one = spec.optimizers[entry]
    if not one.groups:
        return numbers_of(own.hyper._asdict())
    groups = groups_of(one, shapes_of(spec))
    return grouped_numbers((group, own.hyper_of(group.weights[0])) for group in groups)


def _nbytes(values: Iterable[Any]) -> int:
    """Of the arrays among the values, each counted once."""
    return sum({id(value): value.nbytes for value in values if isinstance(value, np.ndarray)}.values())


def weight_names(spec: ExperimentSpec) -> tuple[str, ...]:
    return tuple(shapes_of(spec))


def trace_step(
    spec: ExperimentSpec, entry: int, diy: Snapshot, torch: Snapshot | None, rows: Rows, step: int = 1
) -> Trace:
    """Take step ``step`` of an optimizer entry from where its lanes stood, and record it.

    ``spec`` has the hyperparameters of that step; ``torch`` is None where the entry has no torch lane.
    Raises StepError where the step cannot be taken.
    """
    if spec.optimizers[entry].code is not None or parts_of(spec):
        raise ValueError("own code takes its steps in its own lane")
    with naming_step(spec.labels[entry], "diy", step), np.errstate(all="ignore"):
        lane = diy_lane(spec, entry, diy.weights, masks_of(spec))
        lane.restore(diy)
        own = lane.traced_step(rows)
    twin = None if torch is None else twin_step(spec, entry, torch, rows, step)
    return Trace(spec, entry, own, twin, rows)


def trace_log_step(
    spec: ExperimentSpec, entry: int, log: LogLane, diy: Snapshot, torch: Snapshot | None, rows: Rows, step: int
) -> Trace:
    """Take step ``step`` of a log from where it stood, by the textbook's lines, and record it.

    Values that were logged are the log's. Raises StepError where the step cannot be taken.
    """
    with naming_step(spec.labels[entry], "diy", step), np.errstate(all="ignore"):
        lane = LogLane(spec, spec.optimizers[entry], log.start, masks_of(spec))
        lane.restore(diy)
        own = lane.traced_step(rows)
    twin = None if torch is None else twin_step(spec, entry, torch, rows, step)
    judge = LogVerdict(spec, entry, log, log.start, Batches(spec))
    return Trace(spec, entry, own, twin, rows, judge.wrong_at(step, own.hyper))


def trace_own_step(
    spec: ExperimentSpec, entry: int, lane: DiyLane, torch: Snapshot | None, rows: Rows, step: int,
    reference: OwnLane | None = None,
) -> Trace:  # fmt: skip
    """Take step ``step`` in a lane with own code, which then stands behind it, and record it.

    So does ``reference``, the lane in torch's place, if there is one. Raises StepError where the step cannot be taken.
    """
    if torch is not None:
        torch = torch._replace(parts=lane.snapshot().parts)  # so that it is judged with what own code remembers
    with naming_step(spec.labels[entry], "diy", step), np.errstate(all="ignore"):
        own = lane.traced_step(rows)
    twin = None if torch is None else twin_step(spec, entry, torch, rows, step, reference)
    updates: Sequence[Wrong] = ()
    made = lane.made if isinstance(lane, OwnLane) else None
    if twin is not None and made is not None:
        judge = OwnUpdates if reference is None else ReferenceUpdates
        made = made if reference is None else made._replace(reference=reference.ran)
        updates = judge(spec, entry, made).wrong_at(step)
    return Trace(spec, entry, own, twin, rows, updates)


def twin_step(
    spec: ExperimentSpec, entry: int, before: Snapshot, rows: Rows, step: int = 1, reference: OwnLane | None = None
) -> TwinStep:
    """Take step ``step`` of an optimizer entry's torch lane from where it stood, or of the ``reference`` in its place.

    Raises StepError where it cannot be taken.
    """
    with naming_step(spec.labels[entry], spec.side(entry, "torch"), step), np.errstate(all="ignore"):
        lane = reference or make_lane(spec, entry, "torch", before.weights)
        if reference is None:
            lane.restore(before)
        x, y = lane.batch(rows)
        batch = {} if spec.data is None else {"x": x, "y": y}
        begins = {**batch, **lane.hyperparameters(), **dict(state_before(weight_names(spec), before))}
        arrays = {name: np.asarray(value) for name, value in begins.items()}
        return TwinStep(before, arrays, lane.recorded_step(rows))


def row_numbers(spec: ExperimentSpec, rows: Rows) -> list[int]:
    """Return the batch's rows by their numbers in the data, from 0; a problem has none."""
    every = np.arange(0) if spec.data is None else spec.data.rows("training")
    return (every if rows is None else every[rows]).tolist()
