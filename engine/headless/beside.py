"""``compare --beside EARLIER``: how far a run is apart from one that was written down: session, folder or report."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from engine.protocol import rounded
from engine.report import loss_text
from engine.run.lockstep import Lockstep
from engine.session_file import (
    Damaged,
    Differing,
    EarlierRun,
    LossesApart,
    cut,
    differing,
    in_a_line,
    losses_apart,
    read_earlier,
    size_of,
)
from engine.spec import ExperimentError, Fault, Numbers

OPTION = "--beside"
MISSING = "–"


class LaneBeside(NamedTuple):
    """Hold how far a lane that both runs have is apart, and its final loss then and now."""

    id: str
    apart: LossesApart
    then: float
    now: float


class Beside(NamedTuple):
    """Hold what two runs differ by; ``settings`` is None where the earlier one's files do not tell them."""

    run: EarlierRun
    settings: Sequence[Differing] | None
    lanes: Sequence[LaneBeside]
    only_then: Sequence[str]
    only_now: Sequence[str]


def earlier(file: Path) -> EarlierRun:
    """Read an earlier run. Raises ExperimentError where there is none, or none whole."""
    try:
        return read_earlier(file)
    except Damaged as error:
        raise ExperimentError([Fault((OPTION,), error.code, error.fields)]) from None
    except ExperimentError as error:
        raise ExperimentError([fault._replace(path=(OPTION, *fault.path)) for fault in error.faults]) from None


def beside(run: Lockstep, then: EarlierRun) -> Beside:
    """Lay an earlier run beside one that has taken its steps."""
    known = {lane.id: lane for lane in then.lanes}
    lanes = []
    for place, (lane, final) in enumerate(zip(run.lanes, run.training_losses(), strict=True)):
        if (one := known.pop(lane.id, None)) is not None:
            apart = losses_apart(one.losses, np.asarray(run.series[place].values[: run.step]), one.at)
            lanes.append(LaneBeside(lane.id, apart, one.final, final))
    there = {lane.id for lane in then.lanes}
    settings = None if then.spec is None else list(differing(then.spec, run.changes.first, then.linked))
    return Beside(then, settings, lanes, list(known), [lane.id for lane in run.lanes if lane.id not in there])


def lines(found: Beside) -> Iterator[str]:
    """Yield a line for each setting that differs, and for each lane."""
    yield f"beside {found.run.name}, {found.run.steps:,} steps:"
    if found.settings is None:
        yield "  its files do not tell its settings; a session or a report does"
    else:
        yield "  no setting differs" if not found.settings else f"  settings that differ: {len(found.settings)}"
    for one in found.settings or ():
        then, now = texts(one)
        yield f"    {place(one)}: {then} → {now}"
    if found.run.every > 1:
        yield f"  of its losses one in {found.run.every:,} is known"
    for lane in found.lanes:
        yield f"  {lane.id}: {_apart(lane.apart)}; final loss {loss_text(lane.then)}, now {loss_text(lane.now)}"
    for names, which in ((found.only_then, "in the earlier run alone"), (found.only_now, "in this run alone")):
        if names:
            yield f"  {which}: {', '.join(names)}"


def _apart(apart: LossesApart) -> str:
    if not apart.steps:
        return "no step in both"
    if apart.first is None:
        return f"equal bit for bit in all {apart.steps:,} steps of both"
    return f"apart from step {apart.first:,}, at most {rounded(apart.largest)} at step {apart.at:,}"


def place(one: Differing) -> str:
    """Return where a setting stands: ``Adam: params.lr``, ``batch.size``; an entry that one run lacks by its label."""
    if not one.path:
        return f"optimizer {one.label}"
    where = Fault(one.path[0 if one.label is None else 2 :], "", {}).where
    return where if one.label is None else f"{one.label}: {where}"


def texts(one: Differing) -> tuple[str, str]:
    """Return what stood there then and now; of what reads the same that the second is another."""
    if not one.path:
        return ("there" if one.then else MISSING), ("there" if one.now else MISSING)
    then, now = _text(one.then), _text(one.now)
    return then, f"{now}, others" if then == now else now


def _text(value: Any) -> str:
    if value is None:
        return MISSING
    if isinstance(value, Numbers):
        return f"{size_of(value)} numbers"
    if isinstance(value, str) and "\n" in value:
        return f"{value.count(chr(10)) + 1} lines"
    return cut(str(in_a_line(value)))


def as_json(found: Beside) -> dict[str, Any]:
    """Return it for programs; arrays and texts of many lines are told by their size."""
    settings = None
    if found.settings is not None:
        settings = [dict(zip(("place", "then", "now"), (place(one), *_values(one)), strict=True))
                    for one in found.settings]  # fmt: skip
    return {
        "file": str(found.run.file),
        "steps": found.run.steps,
        "every": found.run.every,
        "settings": settings,
        "lanes": [
            {"id": lane.id, **_named(lane.apart), "final_loss_then": lane.then, "final_loss_now": lane.now}
            for lane in found.lanes
        ],
        "only_then": list(found.only_then),
        "only_now": list(found.only_now),
    }


def _named(apart: LossesApart) -> dict[str, Any]:
    names = ("steps_in_both", "first_apart", "max_abs", "max_abs_at")
    return dict(zip(names, apart, strict=True))


def _values(one: Differing) -> Sequence[Any]:
    plain = isinstance(one.then, str | int | float | None) and isinstance(one.now, str | int | float | None)
    return (one.then, one.now) if plain else texts(one)
