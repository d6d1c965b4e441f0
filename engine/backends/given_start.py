"""Weights out of a file, as the experiment's start: each in its place and shape, or told why not."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.spec import (
    ExperimentError,
    ExperimentSpec,
    FileStart,
    GivenStart,
    Matrix,
    Vector,
    shapes_of,
    start_buffers,
)
from engine.spec.faults import Fault, times
from engine.spec.numbers_error import NumbersError

from .number_files import ArrayFile, read_arrays
from .weight_names import in_file_order, matched, of_lane


class StartRead(NamedTuple):
    """Hold an experiment whose start is read, and whether the file is another than the one that was chosen."""

    spec: ExperimentSpec
    is_changed: bool = False


def with_start(spec: ExperimentSpec) -> StartRead:
    """Return the experiment with the weights themselves where it names a file. Raises ExperimentError with faults."""
    start = spec.start
    if not isinstance(start, FileStart) or spec.problem is not None:
        return StartRead(spec)
    try:
        found = read_arrays(Path(start.file))
        weights = weights_of(found, spec, start)
    except NumbersError as fault:
        path = ("start", "lane") if fault.code == "weights_no_lane" else ("start", "file")
        raise ExperimentError([fault.at(path)]) from None
    given = GivenStart(weights=weights)
    _check_precision(given, spec)
    is_changed = start.sha256 is not None and start.sha256 != found.sha256
    return StartRead(spec.model_copy(update={"start": given.of_file(start)}), is_changed)


def weights_of(file: ArrayFile, spec: ExperimentSpec, start: FileStart) -> dict[str, Matrix | Vector]:
    """Return the weights and running averages of a network that a file holds, by our names. Raises NumbersError."""
    names = of_lane(list(file.arrays), start.lane)
    if start.by == "order":
        found = in_file_order(list(names), spec, sort=file.format == "safetensors")
    else:
        found = matched(list(names), spec)
    shapes = {**shapes_of(spec), **{name: value.shape for name, value in start_buffers(spec).items()}}
    return {ours: _fitting(ours, shapes[ours], theirs, file.arrays[names[theirs]]) for ours, theirs in found.items()}


def _fitting(ours: str, shape: tuple[int, ...], theirs: str, array: Array) -> Matrix | Vector:
    check_shape(ours, shape, theirs, array.shape)
    values = array.astype(float)
    finite = np.isfinite(values)
    if not finite.all():
        index = np.argwhere(~finite)[0].tolist()
        given = str(float(values[tuple(index)]))
        raise NumbersError("numbers_not_finite", name=theirs, index=str(index), given=given)
    flat = values.reshape(-1)
    return Matrix(flat, np.full(shape[0], shape[1], np.int64)) if len(shape) == 2 else Vector(flat)


def check_shape(ours: str, shape: tuple[int, ...], theirs: str, found: tuple[int, ...]) -> None:
    """Raise NumbersError where an array has another shape than its weight, and say where it is the transpose."""
    if found == shape:
        return
    code = "weights_transposed" if len(shape) == 2 and found == shape[::-1] else "weights_shaped"
    words = {
        "name": theirs,
        "found": times(found) or "one number",
        "weight": ours,
        "expected": times(shape) or "one number",
    }
    raise NumbersError(code, **words)


def _check_precision(given: GivenStart, spec: ExperimentSpec) -> None:
    """Raise ExperimentError where a number is larger than any of the run's precision."""
    largest = float(np.finfo(spec.dtype).max)
    for name, weight in given.weights.items():
        if max(-weight.facts.lowest, weight.facts.highest) > largest:
            fields: Mapping[str, Any] = {"accepted": f"at most {largest:.8g} ({spec.dtype})", "given": name}
            raise ExperimentError([Fault(("start", "file"), "out_of_range", dict(fields))])
