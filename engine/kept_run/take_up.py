"""A run just begun takes up the past of an earlier one of the same experiment: from there it goes on to the bit."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy import ndarray as Array

from engine.judge.docket import Case, DocketKept
from engine.judge.footing import Footing
from engine.lane.diy_lane import DiyLane
from engine.lane.lane import Lane, Snapshot, State
from engine.lane.own_lane import OwnLane
from engine.run.checkpoints import Checkpoint
from engine.run.compute_time import MOST as MOST_MARKS
from engine.run.lockstep import Lockstep
from engine.session_file import Damaged, damaged

from .gather import breakpoints_in, histories
from .past import Part, ToldMark

MOST_PAIRS = 100_000  # steps of a history that LBFGS may keep


def take_up(run: Lockstep, past: Part) -> None:
    """Give ``run``, which stands at its start and was begun with the changes of ``past``, all that this holds.

    It stands at its start still; seek to have it stand where the other did. Raises Damaged, with ``run`` of no use any
    more, where it is the past of another experiment.
    """
    try:
        _check(run, past)
        _take_record(run, past)
        _take_checkpoints(run, past.checkpoints)
        _take_updates(run, past)
        _take_verdicts(run, past)
    except Damaged:
        raise
    except (LookupError, TypeError, ValueError, AttributeError):
        damaged("a run of another experiment")
    run.branches.put(past.branches, max(past.branch_count, *past.numbers, 0))
    if run.monitor is not None and past.monitor is not None:
        if past.breakpoints == breakpoints_in(run.monitor.breakpoints):
            run.monitor.restore(past.monitor)
        run.monitor.stand(0)
    run.version += 1


def _check(run: Lockstep, past: Part) -> None:
    """Raise Damaged unless the past has what this run has, in the same shapes."""
    lanes, entries = len(run.lanes), len(run.spec.optimizers)
    record, series = run.run_record, past.series
    if record is None or run.checkpoints is None or series.losses.shape != (lanes, past.newest):
        damaged("a run of other lanes")
    for entry in (*(one.entry for one in past.changes), *(one.branch.entry for one in past.branches)):
        if entry >= entries:
            damaged("a change of an entry that is none")
    for branch in (one.branch for one in past.branches):
        if any(lane >= lanes for lane in branch.lanes) or branch.start > past.newest:
            damaged("a branch of a lane that is none")
    if set(series.evaluations) != set(record.evaluations) or set(series.rates) != set(record.rates):
        damaged("a run of other curves")
    steps, seconds = past.seconds
    if steps.shape != (len(steps),) or seconds.shape != (lanes, len(steps)) or not 1 <= len(steps) <= MOST_MARKS:
        damaged("a run of other times")
    _check_points(run, past)
    known = [one.step for one in past.checkpoints]
    if known != sorted(set(known)) or (known and known[-1] > past.newest):
        damaged("checkpoints that do not follow one another")
    for checkpoint in past.checkpoints:
        _check_checkpoint(run, checkpoint)


def _check_points(run: Lockstep, past: Part) -> None:
    size = sum(weight.size for weight in run.start)
    points = past.points
    rows = [*points.points.values(), *(row[None] for row in points.last.values())]
    if any(one.ndim != 2 or one.shape[1] != size for one in rows) or points.newest != past.newest:
        damaged("paths of another network")
    if set(points.points) != set(run.trajectories.entries) or set(points.last) != set(points.points):
        damaged("paths of other entries")


def _check_checkpoint(run: Lockstep, checkpoint: Checkpoint) -> None:
    assert run.checkpoints is not None
    like = run.checkpoints.nearest(0)
    for lane, own in zip(checkpoint.lanes, like.lanes, strict=True):
        _check_lane(lane, own)
    for pair, own in zip(checkpoint.pairs, like.pairs, strict=True):
        if _shapes([pair.worst, *pair.screen]) != _shapes([own.worst, *own.screen]):
            damaged("a pair of another network")


def _check_lane(lane: Snapshot, like: Snapshot) -> None:
    if _shapes(lane.weights) != _shapes(like.weights) or len(lane.states) != len(like.states):
        damaged("weights of another network")
    named = [_shapes(one.buffers[name] for name in sorted(one.buffers)) for one in (lane, like)]
    if named[0] != named[1] or sorted(lane.buffers) != sorted(like.buffers):
        damaged("buffers of another network")
    for state, fresh, weight in zip(lane.states, like.states, lane.weights, strict=True):
        _check_state(state, fresh, weight, sum(one.size for one in lane.weights))
    if (lane.schedule is None) != (like.schedule is None):
        damaged("a schedule that the entry does not have")


def _check_state(state: State, fresh: State, weight: Array, total: int) -> None:
    """Of a weight, of all of them end to end, of their rows or columns, or a single number: more an optimizer lacks."""
    if fresh and state and set(state) != set(fresh):
        damaged("a state of another optimizer")
    fitting = {1, weight.size, total, *weight.shape}
    for value in state.values():
        if not isinstance(value, np.ndarray) or not value.ndim or value.size in fitting or value.shape[-1] in fitting:
            continue
        if value.ndim > 1 or len(value) > MOST_PAIRS:  # else a number for each step of a history
            damaged("a state of another network")


def _shapes(arrays: Iterator[Array] | Sequence[Array]) -> list[tuple[object, ...]]:
    return [(one.shape, one.dtype) for one in arrays]


def _take_record(run: Lockstep, past: Part) -> None:
    record, series = run.run_record, past.series
    assert record is not None
    record.bundle.extend(series.losses)
    every = [(record.training, series.training), (record.test, series.test)]
    for losses, known in every:
        if losses is None or losses.known is None:
            continue
        if known is None or known.shape != (len(run.lanes), past.newest // losses.every + 1):
            damaged("a run of other curves")
        losses.put(known)
    for lane, own in series.evaluations.items():
        record.evaluations[lane].extend(own)
    for lane, own in series.rates.items():
        record.rates[lane].extend(own)
    record.compute_time.put(*past.seconds)
    record.trajectories.put(past.points)


def _take_checkpoints(run: Lockstep, checkpoints: Sequence[Checkpoint]) -> None:
    """Take them in the place of its own; where own code's memory is no data, its own start is all that there is."""
    own = run.checkpoints
    assert own is not None
    if checkpoints and checkpoints[0].step == 0:
        own.put([_with_own(run, one) for one in checkpoints])
        try:
            run.stand_at_newest_checkpoint()
        except Exception:  # whatever own code meets that is handed what it never had
            damaged("a run of other code")
        run.begin_at_checkpoint()
    run.set_budget(run.budget)


def _with_own(run: Lockstep, checkpoint: Checkpoint) -> Checkpoint:
    """Return a checkpoint with what own code remembered made again, by the lanes that run it."""
    lanes = [one.lane for one in run.lanes]
    made = [_mark_of(lane, snapshot) for lane, snapshot in zip(lanes, checkpoint.lanes, strict=True)]
    return checkpoint._replace(lanes=tuple(made))


def _mark_of(lane: Lane, snapshot: Snapshot) -> Snapshot:
    if isinstance(lane, OwnLane) != isinstance(snapshot.own, ToldMark):
        damaged("what own code remembers of another lane")
    if isinstance(lane, OwnLane):
        snapshot = snapshot._replace(own=lane.mark_of(snapshot.own.told))
    return _with_parts(lane, snapshot)


def _with_parts(lane: Lane, snapshot: Snapshot) -> Snapshot:
    """Return a snapshot with what own code in the network remembered made again, by the lane that runs it."""
    parts = lane.own_parts if isinstance(lane, DiyLane) else None
    if (parts is None) != (snapshot.parts is None):
        damaged("what own code remembers of another network")
    return snapshot if parts is None else snapshot._replace(parts=parts.mark_of(snapshot.parts.told))


def _take_updates(run: Lockstep, past: Part) -> None:
    """Take what own code was given and made, by which it is judged."""
    for place, history in histories(run).items():
        if place in past.updates and past.checkpoints:
            history.put(past.updates[place])


def _take_verdicts(run: Lockstep, past: Part) -> None:
    found, pairs = past.verdicts, {pair.entry: pair for pair in run.pairs}
    waiting: list[Case] = []
    for one in found.waiting:
        if set(one.lanes) != {"diy", "torch"} or not one.stood_at < one.step:
            damaged("a step that waits for nothing")
        lanes: Mapping[str, Snapshot] = one.lanes
        for lane in lanes.values():
            _check_lane(
                lane, run.lanes[0].lane.snapshot()._replace(states=({},) * len(lane.states), schedule=lane.schedule)
            )
        own = {each.backend: each.lane for each in run.lanes if each.entry == one.entry}
        lanes = {backend: _with_parts(own[backend], lane) for backend, lane in lanes.items()}
        spec = run.changes.in_force(one.stood_at)
        footing = Footing(spec, pairs[one.entry].entry, one.stood_at, lanes, run.batches)
        waiting.append(pairs[one.entry].case(one.step, footing))
    findings = {entry: dict(found_there) for entry, found_there in found.findings.items()}
    run.docket.restore(DocketKept(dict(found.judged), findings, tuple(waiting), dict(found.inherited)))
    for entry, broken in found.not_finite.items():
        pairs[entry].not_finite = broken
