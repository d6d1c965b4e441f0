"""Parts of a run's past read from a session's file, and put together. Whatever is wrong is raised as Damaged."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy import ndarray as Array

from engine.judge.drift import DriftState
from engine.judge.screen import ScreenState
from engine.lane.lane import Snapshot
from engine.lane.update_history import TakenSteps
from engine.parity.pair import PairState
from engine.protocol import Branch, Change, Instability, Mismatch, NotFinite
from engine.run.branches import Abandoned
from engine.run.breakpoint_monitor import MonitorKept
from engine.run.checkpoints import Checkpoint
from engine.run.series import Series as Curve
from engine.run.trajectories import KeptPoints
from engine.session_file import Archive, Damaged, Rows, damaged, values_of

from .past import Part, Series, ToldMark, Verdicts, Waiting

FINDINGS: Mapping[str, type[Mismatch | Instability]] = {"Mismatch": Mismatch, "Instability": Instability}
WRONG = (LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)

T = TypeVar("T")


def read_part(archive: Archive, place: str) -> Part:
    """Return a part. Raises Damaged where it is none."""
    about = archive.json(f"{place}/part.json")
    try:
        return _part(archive, about)
    except Damaged:
        raise
    except WRONG:
        damaged("a run that is none")


def joined(parts: Sequence[Part]) -> Part:
    """Return all that the parts hold, the first of which is whole. Raises Damaged where they do not follow."""
    if not parts or parts[0].after:
        damaged("a run without its beginning")
    whole = parts[0]
    for part in parts[1:]:
        if part.after > whole.newest:
            damaged("a run with a gap")
        whole = _with(whole, part)
    return whole


def _with(whole: Part, part: Part) -> Part:
    after = part.after
    before, now = whole.series, part.series
    series = Series(
        np.concatenate([before.losses[:, :after], now.losses], axis=1),
        _appended(before.training, now.training, now.training_from),
        0,
        _appended(before.test, now.test, now.test_from),
        0,
        {lane: np.concatenate([before.evaluations[lane][:after], own]) for lane, own in now.evaluations.items()},
        {lane: np.concatenate([before.rates[lane][:after], own]) for lane, own in now.rates.items()},
    )
    kept = {one.step: one for one in whole.checkpoints if one.step <= after}
    kept |= {one.step: one for one in part.checkpoints}
    branches = [one for one in (*whole.branches, *part.branches) if one.branch.number in part.numbers]
    checkpoints = tuple(kept[step] for step in sorted(kept))
    updates = {lane: _updated(whole.updates.get(lane, ()), own) for lane, own in part.updates.items()}
    return part._replace(after=0, series=series, checkpoints=checkpoints, branches=tuple(branches), updates=updates)


def _updated(before: Sequence[TakenSteps], now: Sequence[TakenSteps]) -> tuple[TakenSteps, ...]:
    """Return the steps of both; what begins later than they end is of no use without what comes between."""
    if not before:
        return tuple(now)
    pairs = zip(before, now, strict=True)
    return tuple(
        one
        if other.begin > len(one.rates)
        else other._replace(begin=0, rows=np.concatenate([one.rows[: other.begin], other.rows]))
        for one, other in pairs
    )


def _appended(before: Array | None, now: Array | None, begin: int) -> Array | None:
    if before is None or now is None:
        return now
    return np.concatenate([before[:, :begin], now], axis=1)


def _part(archive: Archive, about: dict[str, Any]) -> Part:
    newest, after = _count(about["newest"]), _count(about["after"])
    seconds = [archive.array(name) for name in about["seconds"]]
    waiting = _values(archive, about["waiting"])
    checkpoints = zip(about["checkpoints"]["steps"], _values(archive, about["checkpoints"]["rows"]), strict=True)
    part = Part(
        after=after,
        step=_count(about["step"]),
        newest=newest,
        series=_series(archive, about),
        checkpoints=tuple(_checkpoint(_count(step), value) for step, value in checkpoints),
        branches=tuple(_branch(archive, one) for one in about["branches"]),
        numbers=tuple(map(_count, about["numbers"])),
        branch_count=_count(about["branch_count"]),
        changes=tuple(map(_change, about["changes"])),
        seconds=(seconds[0], seconds[1]),
        points=_points(archive, about["points"]),
        verdicts=_verdicts(about["verdicts"], waiting),
        monitor=None if about["monitor"] is None else _monitor(archive, about["monitor"]),
        breakpoints=_text(about["breakpoints"]),
        updates={_count(int(lane)): _updates(archive, own) for lane, own in about.get("updates", {}).items()},
    )
    if part.series.losses.shape[1] != newest - after or part.step > newest:
        damaged("a run that is shorter than it says")
    return part


def _series(archive: Archive, about: dict[str, Any]) -> Series:
    losses = _floats(archive.array(about["losses"]), 2)
    count = losses.shape[1]
    training = None if about["training"] is None else _floats(archive.array(about["training"]), 2)
    test = None if about["test"] is None else _floats(archive.array(about["test"]), 2)
    each = [
        {_count(int(lane)): _floats(archive.array(name), 1, count) for lane, name in about[what].items()}
        for what in ("evaluations", "rates")
    ]
    return Series(losses, training, _count(about["training_from"]), test, _count(about["test_from"]), *each)


def _floats(array: Array, axes: int, count: int | None = None) -> Array:
    if array.dtype != np.float64 or array.ndim != axes or (count is not None and len(array) != count):
        damaged("a curve that is none")
    return array


def _updates(archive: Archive, about: Any) -> tuple[TakenSteps, ...]:
    found: list[TakenSteps] = []
    for one in about:
        start, rates = tuple(map(archive.array, one["start"])), _floats(archive.array(one["rates"]), 1)
        rows, begin = archive.array(one["rows"]), _count(one["begin"])
        if rows.ndim != 2 or begin + len(rows) != len(rates) or not start:
            damaged("updates that are none")
        found.append(TakenSteps(begin, start, rates, rows))
    return tuple(found)


def _values(archive: Archive, told: Sequence[Mapping[str, Any]]) -> Iterator[Any]:
    for one in told:
        tree = one["tree"] if "tree" in one else told[_count(one["as"])]["tree"]
        blocks = {kind: archive.array(name) for kind, name in one["blocks"].items()}
        yield from values_of(Rows(tree, _count(one["count"]), blocks))


def _checkpoint(step: int, value: Any) -> Checkpoint:
    return Checkpoint(step, tuple(map(snapshot_of, value["lanes"])), tuple(map(_pair_state, value["pairs"])))


def snapshot_of(value: Any) -> Snapshot:
    """Return where a lane stood. Raises what is no such value, as it comes."""
    weights, states = value["weights"], value["states"]
    if not all(isinstance(one, np.ndarray) for one in weights) or not all(isinstance(one, dict) for one in states):
        damaged("a lane that is none")
    schedule = value["schedule"]
    if not (schedule is None or isinstance(schedule, dict)):
        damaged("a schedule that is none")
    buffers: dict[str, Array] = value["buffers"]
    if not all(isinstance(one, np.ndarray | np.generic) for one in buffers.values()):
        damaged("buffers that are none")
    own, parts = (ToldMark(value[name]) if name in value else None for name in ("own", "parts"))
    return Snapshot(tuple(weights), tuple(states), schedule, buffers, own, parts, _count(value["taken"]))


def _pair_state(value: Any) -> PairState:
    now, before = value["screen"]
    since, growth, apart = value["drift"]
    arrays = [value["worst"], now, before, *([] if apart is None else [apart])]
    if not all(isinstance(one, np.ndarray) for one in arrays) or growth not in ("random", "steady"):
        damaged("a pair that is none")
    drift = DriftState(None if since is None else _count(since), growth, apart)
    return PairState(
        value["worst"], _count(value["changed_at"]), bool(value["is_clipped"]), ScreenState(now, before), drift
    )


def _change(value: Any) -> Change:
    step, entry, params, code = value
    texts = tuple((_text(name), _text(text)) for name, text in code)
    return Change(_count(step), _count(entry), _params(params), texts)


def _params(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        damaged("a change that is none")
    return {name: tuple(one["tuple"]) if isinstance(one, dict) else one for name, one in value.items()}


def _branch(archive: Archive, about: Any) -> Abandoned:
    number, start, end, entry, params, lanes = about["branch"]
    own, files = tuple(map(_count, lanes)), tuple(map(_text, about["files"]))
    branch = Branch(_count(number), _count(start), _count(end), _count(entry), _params(params), own, files)
    first = max(branch.start, 1)
    curves: list[Curve] = []
    for name in about["losses"]:
        curves.append(Curve())
        curves[-1].extend(_floats(archive.array(name), 1, branch.end - first + 1))
    if len(curves) != len(branch.lanes):
        damaged("a branch that is none")
    return Abandoned(branch, first, tuple(curves), tuple(map(_change, about["changes"])))


def _points(archive: Archive, about: Any) -> KeptPoints:
    steps = archive.array(about["steps"])
    points = {_count(int(entry)): archive.array(name) for entry, name in about["points"].items()}
    last = {_count(int(entry)): archive.array(name) for entry, name in about["last"].items()}
    if steps.ndim != 1 or any(one.ndim != 2 or len(one) != len(steps) for one in points.values()) or not len(steps):
        damaged("paths that are none")
    return KeptPoints(tuple(steps.tolist()), points, _count(about["newest"]), last)


def _monitor(archive: Archive, about: Any) -> MonitorKept:
    met = [archive.array(name) for name in about["met"]]
    if any(one.dtype != np.int64 or one.ndim != 1 for one in met):
        damaged("breakpoints that are none")
    return MonitorKept(tuple(met), tuple(map(_count, about["broken"])), _count(about["passed"]))


def _verdicts(about: Any, lanes: Iterator[Any]) -> Verdicts:
    waiting = [
        Waiting(_count(entry), _count(step), _count(stood), {side: snapshot_of(one) for side, one in found.items()})
        for (entry, step, stood), found in zip(about["waiting"], lanes, strict=True)
    ]
    return Verdicts(
        {_count(int(entry)): list(map(_count, steps)) for entry, steps in about["judged"].items()},
        {
            _count(int(entry)): {_count(step): _finding(FINDINGS[kind], fields) for step, kind, fields in found}
            for entry, found in about["findings"].items()
        },
        tuple(waiting),
        {_count(int(entry)): _not_finite(fields) for entry, fields in about["not_finite"].items()},
        {_count(int(entry)): list(map(_count, steps)) for entry, steps in about.get("inherited", {}).items()},
    )


def _finding(kind: Callable[..., T], fields: Any) -> T:
    step, stage, tensor, index, first, second = fields
    return kind(_count(step), _text(stage), _text(tensor), tuple(map(_count, index)), float(first), float(second))


def _not_finite(fields: Any) -> NotFinite:
    step, stage, tensor, index, sides = fields
    return NotFinite(_count(step), _text(stage), _text(tensor), tuple(map(_count, index)), tuple(map(_text, sides)))


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 62:
        damaged("a number that is none")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        damaged("a text that is none")
    return value
