"""Logs in a session's file: what somebody's own program has written goes along, wherever its file lies by then."""

import json
from typing import Any

from engine.spec import ExperimentSpec, Logged, shapes_of

from .archive import Archive, Member, array_member
from .damage import damaged


def log_members(place: str, spec: ExperimentSpec) -> list[Member]:
    """Return the members with the numbers of all logs that were read, ``<place>_log_0.npy`` …; none without a log."""
    members: list[Member] = []
    told: list[dict[str, Any]] = []
    for number, entry in enumerate(spec.optimizers):
        if entry.log is None or not entry.log.is_read:
            continue
        found = entry.log.numbers
        first = len(members)
        members += [array_member(f"{place}_log_{first + n}.npy", one) for n, one in enumerate(found.values.values())]
        about = {"precision": found.precision, "sha256": found.sha256, "halves": found.halves}
        told.append({"entry": number, "first": first, "names": list(found.values), **about})
    return [*members, (f"{place}_logs.json", (json.dumps(told).encode(),))] if told else []


def with_logs(archive: Archive, place: str, spec: ExperimentSpec) -> ExperimentSpec:
    """Return the experiment with the logs' numbers that the session has. Raises Damaged."""
    name = f"{place}_logs.json"
    if name not in archive.names:
        return spec
    entries = list(spec.optimizers)
    try:
        for told in archive.json(name):
            log = entries[told["entry"]].log
            if log is None:
                damaged("numbers of a log that there is not")
            numbers = log.with_numbers(_read(archive, place, told, spec))
            entries[told["entry"]] = entries[told["entry"]].model_copy(update={"log": numbers})
    except (LookupError, TypeError, ValueError, AttributeError):
        damaged("a log that is none")
    return spec.model_copy(update={"optimizers": tuple(entries)})


def _read(archive: Archive, place: str, told: dict[str, Any], spec: ExperimentSpec) -> Logged:
    values = {name: archive.array(f"{place}_log_{told['first'] + n}.npy") for n, name in enumerate(told["names"])}
    if told["precision"] not in ("float32", "float64") or len({len(one) for one in values.values()}) != 1:
        damaged("a log that is none")
    shapes = shapes_of(spec)
    for name, one in values.items():
        known = next((shape for weight, shape in shapes.items() if f"{name}.".startswith(f"{weight}.")), ())
        if one.dtype.kind not in "fiu" or one.shape[1:] not in ((), known):
            damaged("a log of another network")
    halves = {str(name): float(half) for name, half in told["halves"].items()}
    return Logged(values, told["precision"], str(told["sha256"]), halves)
