"""The files of numbers that an experiment names, read before it runs: the engine sees the numbers alone."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.spec import ExperimentError, ExperimentSpec, Fault, LogSpec, OptimizerSpec, shapes_of
from engine.spec.numbers_error import NumbersError

from .given_start import with_start
from .log_files import LogRead, read_log
from .start import initial_weights


class NumbersRead(NamedTuple):
    """Hold an experiment with the numbers of its files; ``changed`` tells of those that are not as they were chosen."""

    spec: ExperimentSpec
    changed: tuple[Fault, ...] = ()


def with_numbers(spec: ExperimentSpec) -> NumbersRead:
    """Return the experiment with what stands in the files that it names. Raises ExperimentError with faults.

    Their paths are whole, or as seen from where the program runs.
    """
    spec, is_changed = with_start(spec)
    changed = [Fault(("start", "file"), "file_changed")] if is_changed else []
    entries, faults = list(spec.optimizers), list[Fault]()
    for place, entry in enumerate(entries):
        if entry.log is None or entry.log.is_read:
            continue
        try:
            entries[place] = entry.model_copy(update={"log": _read(entry.log, spec, entry)})
        except NumbersError as error:
            faults.append(error.at(("optimizers", place, "log", "file")))
        else:
            changed += _changed(place, entries[place].log)
    if faults:
        raise ExperimentError(faults)
    same = all(one is other for one, other in zip(entries, spec.optimizers, strict=True))
    return NumbersRead(spec if same else spec.model_copy(update={"optimizers": tuple(entries)}), tuple(changed))


def _changed(place: int, log: LogSpec | None) -> list[Fault]:
    if log is None or log.sha256 is None or log.sha256 == log.numbers.sha256:
        return []
    return [Fault(("optimizers", place, "log", "file"), "file_changed")]


def _read(log: LogSpec, spec: ExperimentSpec, entry: OptimizerSpec) -> LogSpec:
    """Return a log with its numbers. Raises NumbersError where it starts elsewhere than the experiment."""
    found = read_log(Path(log.file), spec, entry)
    start = dict(zip(shapes_of(spec), initial_weights(spec), strict=True))
    _check_start(found, start)
    if entry.schedule is None:
        _check_order(found, start)
    return log.with_numbers(found.logged)


def _check_start(found: LogRead, start: dict[str, Array]) -> None:
    for name, weight in found.start.items():
        apart = np.flatnonzero(~_near(weight, start[name], found.logged.halves.get(name, 0.0)))
        if len(apart):
            index = [int(place) for place in np.unravel_index(apart[0], weight.shape)]
            given, expected = (float(one[tuple(index)]) for one in (weight, start[name]))
            words = {"name": name, "index": str(index), "given": f"{given:.9g}", "expected": f"{expected:.9g}"}
            raise NumbersError("log_started_elsewhere", **words)


def _check_order(found: LogRead, start: dict[str, Array]) -> None:
    """Raise NumbersError where the weights of the first step have not moved, and those of the second have."""
    rows = [(found.logged.values[name], weight) for name, weight in start.items() if name in found.logged.values]
    if len(found.logged) < 2 or not rows:
        return
    if all(np.array_equal(row[0].astype(np.float32), weight.astype(np.float32)) for row, weight in rows) and any(
        not np.array_equal(row[0], row[1]) for row, _ in rows
    ):
        raise NumbersError("log_before_update")


def _near(one: Array, other: Array, half: float) -> Array:
    """Tell where numbers are the same in the coarser of two precisions, or but for digits that were not written."""
    same = one.astype(np.float32) == other.astype(np.float32)
    return same | (np.abs(one.astype(float) - other.astype(float)) <= 2 * half)
