"""A run's past taken down as it stands: quickly, as nothing is stepped meanwhile; it is written in a time of its own.

Snapshots and findings are never changed once they are made, so that they need no copies; what grows is copied.
"""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from engine.judge.docket import Case
from engine.lane.lane import Snapshot
from engine.lane.own_lane import OwnLane
from engine.lane.update_history import UpdateHistory
from engine.own.plain_memory import NotPlain
from engine.run.checkpoints import Checkpoint
from engine.run.evaluated_losses import EvaluatedLosses
from engine.run.lockstep import Lockstep
from engine.spec import Breakpoint

from .past import Part, Series, Verdicts, Waiting

MOST_WAITING_BYTES = 16_000_000  # of where the lanes stood, of all steps that wait to be judged


class Known(NamedTuple):
    """Say what the parts before have: recorded steps up to ``after``, checkpoints by their steps, branches."""

    after: int = 0
    checkpoints: frozenset[int] = frozenset()
    branches: frozenset[int] = frozenset()


NOTHING = Known()


def gather(run: Lockstep, known: Known = NOTHING, most_bytes: int | None = None) -> tuple[Part, Known]:
    """Return what a run has that is not ``known``, and what is known then.

    Whoever asks for more than one part puts ``settled_to`` of the run at its newest step after each.
    ``most_bytes`` of checkpoints are taken, evenly among those that are new, the newest in any case. The run must have
    a history.
    """
    after = min(known.after, run.settled_to)
    steps = frozenset(step for step in known.checkpoints if step <= after)
    checkpoints = _fitting([one for one in _data_alone(run) if one.step not in steps], most_bytes)
    branches = tuple(run.branches)
    record, monitor = run.run_record, run.monitor
    assert record is not None
    part = Part(
        after=after,
        step=run.step,
        newest=run.newest,
        series=_series(run, after),
        checkpoints=checkpoints,
        branches=tuple(one for one in branches if one.branch.number not in known.branches),
        numbers=tuple(one.branch.number for one in branches),
        branch_count=run.branches.count,
        changes=tuple(run.changes),
        seconds=(record.compute_time.marks[0].copy(), record.compute_time.marks[1].copy()),
        points=record.trajectories.kept(),
        verdicts=_verdicts(run),
        monitor=None if monitor is None else monitor.kept(),
        breakpoints=breakpoints_in(run.spec.breakpoints if monitor is None else monitor.breakpoints),
        updates={place: history.taken(after) for place, history in histories(run).items()},
    )
    numbers = frozenset(one.branch.number for one in branches)
    return part, Known(run.newest, steps | {one.step for one in checkpoints}, numbers)


def breakpoints_in(breakpoints: Sequence[Breakpoint]) -> str:
    """Return breakpoints as JSON, by which they are known again."""
    return json.dumps([one.model_dump(mode="json") for one in breakpoints])


def _data_alone(run: Lockstep) -> Iterator[Checkpoint]:
    """Yield the checkpoints that are data, as far as that is seen at once: what own code remembers may be none."""
    for one in run.checkpoints or ():
        if all(is_data(lane) for lane in one.lanes):
            yield one


def is_data(lane: Snapshot) -> bool:
    """Tell whether a lane can be stood at a snapshot that was written down, if what own code remembers is data."""
    return all(kept is None or kept.may_be_data for kept in (lane.own, lane.parts))


def _is_told(lane: Snapshot) -> bool:
    """Tell whether what own code in the network remembers can be told as data."""
    try:
        return lane.parts is None or bool(lane.parts.plain())
    except NotPlain:
        return False


def histories(run: Lockstep) -> dict[int, UpdateHistory]:
    """Return what own code was given and made, by lane, where it is judged by that."""
    found = {place: one.lane.history for place, one in enumerate(run.lanes) if isinstance(one.lane, OwnLane)}
    return {place: history for place, history in found.items() if history is not None}


def _fitting(checkpoints: list[Checkpoint], most_bytes: int | None) -> tuple[Checkpoint, ...]:
    size = sum(one.nbytes for one in checkpoints)
    if most_bytes is None or size <= most_bytes:
        return tuple(checkpoints)
    count = max(1, len(checkpoints) * most_bytes // size)
    places = {round(place) for place in np.linspace(len(checkpoints) - 1, 0, count)}
    return tuple(checkpoints[place] for place in sorted(places))


def _series(run: Lockstep, after: int) -> Series:
    record = run.run_record
    assert record is not None
    training, training_from = _evaluated(record.training, after)
    test, test_from = (None, 0) if record.test is None else _evaluated(record.test, after)
    return Series(
        record.bundle.values[:, after:].copy(),
        training,
        training_from,
        test,
        test_from,
        {lane: series.values[after:].copy() for lane, series in record.evaluations.items()},
        {lane: series.values[after:].copy() for lane, series in record.rates.items()},
    )


def _evaluated(losses: EvaluatedLosses, after: int) -> tuple[np.ndarray | None, int]:
    known = losses.known
    if known is None:
        return None, 0
    begin = 0 if after == 0 else after // losses.every + 1  # the start is evaluated, too
    return known[:, begin:].copy(), begin


def _verdicts(run: Lockstep) -> Verdicts:
    kept = run.docket.kept()
    not_finite = {pair.entry: pair.not_finite for pair in run.pairs if pair.not_finite is not None}
    waiting = kept.waiting
    if any(change.code for change in run.changes):  # which code took a step is not told with it
        waiting = tuple(case for case in waiting if case.own is None)
    return Verdicts(kept.judged, kept.findings, tuple(_waiting(waiting)), not_finite, dict(kept.inherited))


def _waiting(cases: tuple[Case, ...]) -> Iterator[Waiting]:
    size = 0
    for case in cases:
        lanes = case.footing.lanes
        if not all(lane.own is None and _is_told(lane) for lane in lanes.values()):
            continue  # such a step is summoned once more, as the run is taken again to where it stands
        size += sum(weight.nbytes * 4 for lane in lanes.values() for weight in lane.weights)  # with states, about
        if size > MOST_WAITING_BYTES:
            return
        yield Waiting(case.entry, case.step, case.footing.step, lanes)
