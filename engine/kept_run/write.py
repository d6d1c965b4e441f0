"""A part of a run's past as members of a session's file: ``<place>/part.json`` last, which says what the others are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.lane.lane import Snapshot
from engine.lane.update_history import TakenSteps
from engine.own.plain_memory import NotPlain
from engine.parity.pair import PairState
from engine.protocol import Change
from engine.run.branches import Abandoned
from engine.run.breakpoint_monitor import MonitorKept
from engine.run.checkpoints import Checkpoint
from engine.run.trajectories import KeptPoints
from engine.session_file import Member, array_member, json_member, rows_of

from .past import Part, Verdicts


def part_members(place: str, part: Part) -> Iterator[Member]:
    """Yield the members of a part, each made when its turn comes. Raises TypeError for a state that is no data."""
    about: dict[str, Any] = {
        "after": part.after,
        "step": part.step,
        "newest": part.newest,
        "changes": [_change(one) for one in part.changes],
        "numbers": part.numbers,
        "branch_count": part.branch_count,
        "breakpoints": part.breakpoints,
    }
    members = _Members(place)
    yield from _series(part, about, members)
    about["seconds"] = members.named(part.seconds)
    about["points"] = _points(part.points, members)
    about["monitor"] = None if part.monitor is None else _monitor(part.monitor, members)
    about["branches"] = [_branch(one, members) for one in part.branches]
    yield from members.taken()
    about["verdicts"] = _verdicts(part.verdicts)
    rows: list[Any] = []
    about["waiting"] = rows
    lanes = [{backend: lane_value(one) for backend, one in case.lanes.items()} for case in part.verdicts.waiting]
    yield from _rows(lanes, rows, members)
    about["updates"] = {str(lane): [_updates(one, members) for one in own] for lane, own in part.updates.items()}
    yield from members.taken()
    rows, steps = [], []
    about["checkpoints"] = {"steps": steps, "rows": rows}
    yield from _rows(_checkpoints(part, steps), rows, members)
    yield json_member(f"{place}/part.json", about)


class _Members:
    """Name arrays as they come, and hand them on."""

    def __init__(self, place: str):
        self._place, self._count, self._members = place, 0, []

    def name(self, array: Array) -> str:
        name = f"{self._place}/{self._count}.npy"
        self._count += 1
        self._members.append(array_member(name, array))
        return name

    def named(self, arrays: Sequence[Array]) -> list[str]:
        return [self.name(array) for array in arrays]

    def taken(self) -> Iterator[Member]:
        members, self._members = self._members, []
        return iter(members)


def _checkpoints(part: Part, steps: list[int]) -> Iterator[dict[str, Any]]:
    """Yield the checkpoints, each made into data when its turn comes; ``steps`` are theirs.

    One in which own code remembers what is no data is left out.
    """
    for one in part.checkpoints:
        try:
            value = checkpoint_value(one)
        except NotPlain:
            continue
        steps.append(one.step)
        yield value


def _updates(taken: TakenSteps, members: _Members) -> dict[str, Any]:
    start, rates, rows = members.named(taken.start), members.name(taken.rates), members.name(taken.rows)
    return {"begin": taken.begin, "start": start, "rates": rates, "rows": rows}


def _rows(values: Iterable[Any], told: list[Any], members: _Members) -> Iterator[Member]:
    """Yield the members of values of few structures; ``told`` is what says how they are put together."""
    for rows in rows_of(values):
        known = next((one for one in told if "tree" in one and one["tree"] == rows.tree), None)
        blocks = {kind: members.name(block) for kind, block in rows.blocks.items()}
        own = {"count": rows.number, "blocks": blocks}
        told.append(own | ({"tree": rows.tree} if known is None else {"as": told.index(known)}))
        yield from members.taken()


def _series(part: Part, about: dict[str, Any], members: _Members) -> Iterator[Member]:
    series = part.series
    about["losses"] = members.name(series.losses)
    about["training"] = None if series.training is None else members.name(series.training)
    about["training_from"] = series.training_from
    about["test"] = None if series.test is None else members.name(series.test)
    about["test_from"] = series.test_from
    about["evaluations"] = {str(lane): members.name(own) for lane, own in series.evaluations.items()}
    about["rates"] = {str(lane): members.name(own) for lane, own in series.rates.items()}
    yield from members.taken()


def lane_value(snapshot: Snapshot) -> dict[str, Any]:
    """Return where a lane stands as data. Raises NotPlain."""
    own = {"own": snapshot.own, "parts": snapshot.parts}
    return {name: one.plain() for name, one in own.items() if one is not None} | {
        "weights": snapshot.weights,
        "states": tuple(dict(state) for state in snapshot.states),
        "schedule": snapshot.schedule,
        "buffers": dict(snapshot.buffers),
        "taken": snapshot.taken,
    }


def checkpoint_value(checkpoint: Checkpoint) -> dict[str, Any]:
    return {
        "lanes": tuple(lane_value(one) for one in checkpoint.lanes),
        "pairs": tuple(_pair_value(one) for one in checkpoint.pairs),
    }


def _pair_value(state: PairState) -> dict[str, Any]:
    return {
        "worst": state.worst,
        "changed_at": state.changed_at,
        "is_clipped": bool(state.is_clipped),
        "screen": tuple(state.screen),
        "drift": tuple(state.drift),
    }


def _change(change: Change) -> list[Any]:
    return [change.step, change.entry, params_value(change.params), [list(one) for one in change.code]]


def params_value(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return hyperparameters as JSON; a pair that is a tuple, and no list, comes back as one."""
    return {name: {"tuple": value} if isinstance(value, tuple) else value for name, value in params.items()}


def _points(points: KeptPoints, members: _Members) -> dict[str, Any]:
    return {
        "steps": members.name(np.array(points.steps, np.int64)),
        "points": {str(entry): members.name(rows) for entry, rows in points.points.items()},
        "newest": points.newest,
        "last": {str(entry): members.name(row) for entry, row in points.last.items()},
    }


def _monitor(monitor: MonitorKept, members: _Members) -> dict[str, Any]:
    return {"met": members.named(monitor.met), "broken": monitor.broken, "passed": monitor.passed}


def _branch(abandoned: Abandoned, members: _Members) -> dict[str, Any]:
    number, start, end, entry, params, lanes, files = abandoned.branch
    return {
        "branch": [number, start, end, entry, params_value(params), lanes],
        "files": list(files),
        "changes": [_change(one) for one in abandoned.changes],
        "losses": members.named([series.values for series in abandoned.losses]),
    }


def _verdicts(verdicts: Verdicts) -> dict[str, Any]:
    return {
        "judged": {str(entry): steps for entry, steps in verdicts.judged.items()},
        "findings": {
            str(entry): [[step, type(one).__name__, list(one)] for step, one in found.items()]
            for entry, found in verdicts.findings.items()
        },
        "inherited": {str(entry): steps for entry, steps in verdicts.inherited.items()},
        "waiting": [[one.entry, one.step, one.stood_at] for one in verdicts.waiting],
        "not_finite": {str(entry): list(one) for entry, one in verdicts.not_finite.items()},
    }
