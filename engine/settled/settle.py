"""Own code in an experiment, settled before a step is taken: tried in a process of its own, and what it is handed.

The two sides are handed the entry's ``params``, what they leave out as the code has it, the rest as torch has it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from engine.backends import warm_up
from engine.lane.own_code import Bound, OwnEntry, bind, source_of, value_at
from engine.own.limits import Limits
from engine.own.live_optimizer import SHAPES
from engine.own.optimizers import Described, OptimizerProbe
from engine.own.process import OwnProcess
from engine.own.session import Wanted
from engine.own.trust import trust
from engine.own.unusable import Unusable
from engine.spec import (
    ExperimentError,
    ExperimentSpec,
    Fault,
    OptimizerSpec,
    OwnCode,
    SweepPlan,
    code_of,
    complete,
    path_in_words,
)
from engine.spec.faults import Path as FaultPath
from engine.spec.faults import listed, shown
from engine.verify import Asked, Record
from engine.verify.update_case import UpdateCase
from engine.verify.updates import outcome_of, record_of

from .parts import as_file, settled_parts
from .reference import beside
from .reference import named as named_settings

DOES_NOT_REPEAT = "does not repeat itself: it is judged by what it did in this run alone"


class Records(NamedTuple):
    """Hold what own code is beside torch's: of optimizers by their entries, of a network's parts by their paths."""

    optimizers: Mapping[int, Record] = {}
    parts: Mapping[FaultPath, Record] = {}


class Settled(NamedTuple):
    """Hold an experiment whose own code is agreed to be run, with what both sides are handed in its ``spec``.

    ``notes`` are what else is to be told of it.
    """

    spec: ExperimentSpec
    records: Records = Records()
    notes: tuple[str, ...] = ()


def agree_to(spec: ExperimentSpec) -> None:
    """Have the experiment's own code run in this process from now on: the person agreed."""
    for code in code_of(spec):
        trust(source_of(spec, code).given)


def settle(spec: ExperimentSpec, limits: Limits) -> Settled:
    """Run all own code of an experiment on trial, and settle what both sides are handed.

    Raises ExperimentError where some cannot be used, or takes not what its entry says.
    """
    spec, parts, notes, faults = settled_parts(spec, limits)
    entries, records = list(spec.optimizers), dict[int, Record]()
    for place, entry in enumerate(spec.optimizers):
        if entry.code is not None:
            path: FaultPath = ("optimizers", place)
            try:
                found = _tried(spec, entry, limits)
            except Unusable as error:
                faults.append(Fault((*path, "code"), "code_unusable", {"detail": f"{error.words}{error.at}"}))
                continue
            if entry.reference is not None:
                try:
                    entries[place], found, wrong = _beside(spec, place, found, notes, limits)
                except Unusable as error:
                    detail = {"detail": f"{error.words}{error.at}"}
                    faults.append(Fault((*path, "reference"), "code_unusable", detail))
                    continue
                faults += wrong
            else:
                faults += _param_faults(path, entry, found)
                entries[place] = entry.model_copy(update={"params": _completed(entry, found)})
            bind(spec, entry, found.bound._replace(repeats=found.repeats))
            if found.record is not None:
                records[place] = replace(found.record, file=entry.code)
            if not found.repeats:
                notes.append(f"{spec.labels[place]}: {entry.code} {DOES_NOT_REPEAT}")
    if faults:
        raise ExperimentError(faults)
    return Settled(
        spec.model_copy(update={"optimizers": tuple(entries)}), Records(records, parts), tuple(dict.fromkeys(notes))
    )


def _beside(
    spec: ExperimentSpec, place: int, found: "_Tried", notes: list[str], limits: Limits
) -> tuple[OptimizerSpec, "_Tried", list[Fault]]:
    """Try an entry's reference as well, and settle what both take; what one of them takes alone is told."""
    entry = spec.optimizers[place]
    other = _tried(spec, entry.reference_entry, limits)
    both = beside(entry.params, found.found, other.found)
    other = other._replace(bound=other.bound._replace(paths=both.other, repeats=other.repeats))
    found = found._replace(bound=found.bound._replace(paths=both.paths))
    bind(spec, entry.reference_entry, other.bound)
    told = [f"{one.name} {shown(one.value)}" for one in both.alone]
    if told:
        notes.append(f"{spec.labels[place]}: {entry.reference} has numbers of its own: {', '.join(told)}")
    if not other.repeats:
        notes.append(f"{spec.labels[place]}: {entry.reference} {DOES_NOT_REPEAT}")
    path: FaultPath = ("optimizers", place)
    known = {*both.paths.values(), *both.other.values()}
    faults = [*_param_faults(path, entry, found, known)]
    faults += [one for one in _param_faults(path, entry, other, known) if one not in faults]
    return entry.model_copy(update={"params": both.params}), found, faults


class _Tried(NamedTuple):
    """What trying own code has shown. ``fixed`` are numbers of torch's that stand in the code without a name."""

    found: Described
    bound: Bound
    fixed: tuple[tuple[str, Any], ...] = ()
    record: Record | None = None
    repeats: bool = True


def _tried(spec: ExperimentSpec, entry: OptimizerSpec, limits: Limits) -> _Tried:
    """Try an entry's code in a process of its own: what ends that, or never ends, is told before anything is lost."""
    code = OwnCode.of(entry.code or "")
    with (
        as_file(source_of(spec, entry.code or "")) as file,
        OwnProcess(file, Wanted(code.name, "optimizer", dict(code.told)), limits) as own,
    ):
        if not entry.name:
            found = own.prepare(SHAPES)
            return _Tried(
                found, Bound(dict(named_settings(found.settings, entry.params))), repeats=_repeats(own, found)
            )
        warm_up()  # torch is loaded while the other process begins
        case = UpdateCase(own, Asked(against=entry.name), code.file)
        if not _repeats(own, case.found):
            fit = next(case.fits(entry.name))
            return _Tried(case.found, Bound(fit.assigned.paths, fit.counts_from), repeats=False)
        outcome = outcome_of(case)
        fit, record = outcome.fit, record_of(case, outcome, code.file)
        return _Tried(case.found, Bound(fit.assigned.paths, fit.counts_from), fit.assigned.fixed, record)


def _repeats(own: OwnProcess, found: Described) -> bool:
    """Return whether the code comes to the same weights twice."""
    weights = [np.ones(shape) for shape in found.shapes]
    settings = {one.name: one.value for one in found.settings if one.settable}
    probe = OptimizerProbe([weights], [[one / 4 for one in weights]] * 3, None, settings)
    answers = [[weight for step in own.run(probe) for weight in step] for _ in range(2)]
    return all(np.array_equal(one, other, equal_nan=True) for one, other in zip(*answers, strict=True))


def _param_faults(path: FaultPath, entry: OptimizerSpec, tried: _Tried, known: Collection[str] = ()) -> Iterator[Fault]:
    """Find params that the code does not take: it has another number there, or nothing."""
    found, bound = tried.found, tried.bound
    if entry.schedule is not None and not found.changes_rate:
        yield Fault((*path, "schedule"), "code_rate_fixed")
    given = complete(entry.name, entry.params)._asdict() if entry.name else entry.params
    own = [(bound.paths[one.name], one) for one in found.settings if one.name in bound.paths and not one.settable]
    numbers = [(where, one.value, one.line) for where, one in own] + [
        (where, value, None) for where, value in tried.fixed
    ]
    for where, value, line in numbers:
        key, wanted = where.partition(".")[0], value_at(given, where)
        if key in entry.params and wanted != value:
            fields = {"given": shown(wanted), "own": shown(value), "line": f", line {line}" if line else ""}
            yield Fault((*path, "params", key), "code_param", fields)
    for key in entry.params if not entry.name else ():
        if key not in bound.paths.values() and key not in known:
            has = listed([one.name for one in found.settings]) or "–"
            yield Fault((*path, "params", key), "code_param_unknown", {"known": has})


def _completed(entry: OptimizerSpec, tried: _Tried) -> dict[str, Any]:
    """Return the params with the code's own defaults for what they leave out: the other side takes them too."""
    own = [(tried.bound.paths[one.name], one.value) for one in tried.found.settings if one.name in tried.bound.paths]
    params = dict(entry.params)
    for where, value in [*own, *tried.fixed]:
        name, _, place = where.partition(".")
        if name in entry.params:
            continue
        if place:
            parts = list(params.get(name) or getattr(complete(entry.name, {}), name))
            parts[int(place)] = value
            value = parts
        params[name] = tuple(value) if isinstance(value, list) else value
    return params


def check_axes(spec: ExperimentSpec, plan: SweepPlan) -> None:
    """Raise ExperimentError where a sweep varies what does not reach the code."""
    entry = spec.optimizers[plan.entry]
    if entry.code is None:
        return
    opened = OwnEntry(spec, entry)
    lost = [path_in_words(axis.path) for axis in plan.axes if not opened.reaches(axis.path)]
    if lost:
        raise ExperimentError([Fault((f"--param {name}",), "code_not_reached") for name in lost])
