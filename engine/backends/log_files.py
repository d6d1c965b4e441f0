"""Logs of somebody's own program: a row a step, as an ``.npz`` whose arrays have steps first, or as a ``.csv``.

Names are those of a step's values, a layer's by our names or by those of torch's modules: ``loss``, ``layer1.weight``,
``0.weight.grad``, ``0.weight.exp_avg``; a state entry also by the paper's symbol. ``step`` counts from 1, or from 0
where a first row has what training starts with. A CSV has a column a number, ``layer1.weight[0,1]``.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.diy.optimizers import OPTIMIZERS
from engine.lane.layout import RATE, compared_states
from engine.spec import ExperimentSpec, Logged, OptimizerSpec, shapes_of, start_buffers, torch_state
from engine.spec.faults import listed, times
from engine.spec.numbers_error import NumbersError

from .given_start import check_shape
from .log_table import Table, read_table
from .number_files import read_arrays
from .weight_names import known_names

STEP, LOSS, GRAD = "step", "loss", ".grad"
MOST_STEPS = 10_000_000


class LogRead(NamedTuple):
    """Hold a log; ``start`` are the weights of its row of step 0, by our names, where it has one."""

    logged: Logged
    start: Mapping[str, Array]


def read_log(file: Path, spec: ExperimentSpec, entry: OptimizerSpec) -> LogRead:
    """Return what an entry's log holds. Raises NumbersError where it is none, or is of another experiment."""
    if file.suffix.lower() in (".csv", ".tsv", ".txt"):
        table = read_table(file)
    else:
        found = read_arrays(file)
        table = Table(found.arrays, found.sha256, {})
    shapes = shapes_in(spec, entry)
    names = names_in(list(table.arrays), spec, entry, shapes)
    values = {ours: table.arrays[theirs] for ours, theirs in names.items()}
    steps = _steps_of(table.arrays, values)
    for ours, theirs in names.items():
        _check(ours, shapes[ours], theirs, values[ours], len(steps))
    begin = 1 if steps[0] == 0 else 0
    if len(steps) == begin:
        raise NumbersError("log_empty")
    halves = {ours: table.halves.get(theirs, 0.0) for ours, theirs in names.items()}
    rows = {name: value[begin:] for name, value in values.items()}
    logged = Logged(rows, _precision(rows, spec, halves), table.sha256, halves)
    weights = shapes_of(spec)
    return LogRead(logged, {name: value[0] for name, value in values.items() if begin and name in weights})


def shapes_in(spec: ExperimentSpec, entry: OptimizerSpec) -> dict[str, tuple[int, ...]]:
    """Return the names that a log may have, and each one's shape in a step."""
    weights = shapes_of(spec)
    shapes: dict[str, tuple[int, ...]] = {LOSS: (), RATE: (), **weights}
    shapes |= {f"{name}{GRAD}": shape for name, shape in weights.items()}
    shapes |= {name: value.shape for name, value in start_buffers(spec).items()}
    states = compared_states(entry.model_copy(update={"log": None}), weights)
    return shapes | {f"{name}.{symbol}": shape for name, entries in states.items() for symbol, shape in entries.items()}


def names_in(
    names: Sequence[str], spec: ExperimentSpec, entry: OptimizerSpec, shapes: Mapping[str, tuple[int, ...]]
) -> dict[str, str]:
    """Return the log's name of each value, by ours. Raises NumbersError where one is unknown."""
    found = {ours: ours for ours in (LOSS, RATE) if ours in names}
    found |= {RATE: "lr"} if "lr" in names else {}
    ends = _ends(entry)
    parts = {name: _apart(name, ends) for name in names if name not in (STEP, *found.values())}
    bare = list(dict.fromkeys(owner for owner, _ in parts.values()))
    bare = [owner for owner in bare if "." in owner]
    known = known_names(bare, spec, [*shapes_of(spec), *start_buffers(spec)]) or {}
    ours = {theirs: name for name, theirs in known.items()}
    unknown = [name for name, (owner, _) in parts.items() if owner not in ours]
    found |= {f"{ours[owner]}{end}": name for name, (owner, end) in parts.items() if owner in ours}
    unknown += [theirs for name, theirs in found.items() if name not in shapes]
    if unknown:
        raise NumbersError("log_unknown", found=listed(unknown), known=listed(list(shapes)))
    if not found:
        raise NumbersError("log_nothing", known=listed(list(shapes)))
    return found


def _ends(entry: OptimizerSpec) -> dict[str, str]:
    """Return our end of a name by each that may stand there: ``.exp_avg`` means ``.m``."""
    ends = {GRAD: GRAD}
    if entry.name in OPTIMIZERS:
        for symbol, theirs in torch_state(entry.name).items():
            ends |= {f".{theirs}": f".{symbol}", f".{symbol}": f".{symbol}"}
    return ends


def _apart(name: str, ends: Mapping[str, str]) -> tuple[str, str]:
    """Take ``0.weight.exp_avg`` apart into the weight's name and our end of it."""
    end = next((end for end in sorted(ends, key=len, reverse=True) if name.endswith(end)), "")
    return (name.removesuffix(end), ends[end]) if end else (name, "")


def _steps_of(arrays: Mapping[str, Array], values: Mapping[str, Array]) -> list[int]:
    """Return the numbers of the log's rows. Raises NumbersError where they do not follow one another from 0 or 1."""
    count = max((len(value) for value in values.values() if value.ndim), default=0)
    if STEP not in arrays:
        return list(range(1, count + 1))
    given = np.asarray(arrays[STEP], float)
    if given.ndim != 1 or not len(given):
        raise NumbersError("log_steps", given="–")
    first = given[0]
    wrong = np.flatnonzero(given != first + np.arange(len(given)))
    if first not in (0, 1):
        raise NumbersError("log_steps", given=f"{first:g}")
    if len(wrong):
        place = int(wrong[0])
        raise NumbersError("log_gap", expected=int(first) + place, given=f"{given[place]:g}")
    if len(given) > MOST_STEPS:
        raise NumbersError("numbers_too_large", limit=f"{MOST_STEPS:,} steps")
    return [int(step) for step in given]


def _check(ours: str, shape: tuple[int, ...], theirs: str, values: Array, steps: int) -> None:
    if not values.ndim or len(values) != steps:
        found = f"{len(values):,}" if values.ndim else "–"
        raise NumbersError("log_rows", name=theirs, found=found, expected=f"{steps:,}")
    if values.dtype == np.float16:
        raise NumbersError("numbers_of_type", name=theirs, given="float16")
    if values.shape[1:] == (1,) and shape == ():
        return
    if ours in (LOSS, RATE) and values.shape[1:] != shape:
        raise NumbersError(
            "weights_shaped", name=theirs, found=times(values.shape[1:]), weight=ours, expected="one number"
        )
    if ours.endswith(GRAD) and values.shape[1:] == shape[::-1]:
        return  # a gradient that stands the wrong way round is a mistake to be judged, and not one of the file
    check_shape(ours, shape, theirs, values.shape[1:])


def _precision(values: Mapping[str, Array], spec: ExperimentSpec, halves: Mapping[str, float]) -> str:
    """Return the precision in which numbers were made: float32 where each of them is a float32, whatever holds it."""
    if any(halves.values()):
        return spec.dtype
    floats = [value for value in values.values() if value.dtype.kind == "f"]
    with np.errstate(over="ignore"):
        narrow = all(
            value.dtype == np.float32 or np.array_equal(value.astype(np.float32), value, equal_nan=True)
            for value in floats
        )
    return "float32" if narrow and floats else "float64"
