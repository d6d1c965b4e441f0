"""What can be wrong with a sweep's plan, and how it can be carried out, in the words that window and command share."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isfinite, prod
from typing import Any, NamedTuple

import numpy as np

from .check import ALWAYS_FREE, free_memory
from .code_checks import parts_of
from .cross_checks import cross_faults
from .faults import Fault, Path, first_twice, shown, unknown_name
from .hyperparameters import HyperField, complete, hyper_fields, optimizer_module, optimizer_names
from .model import ExperimentSpec, OptimizerSpec
from .param_checks import value_faults
from .part import LARGEST_SEED
from .sizes import in_words, is_stackable, layers_in, row_count, shapes_of, unit_counts
from .sweep_plan import SweepAxis, SweepPlan

MOST_AXES = 2
MOST_CONFIGURATIONS = 2**16
MOST_STEPS = 10**9
MOST_FAULTS = 4  # of one axis: who typed a wrong end needs not be told of every value
CHUNK_NUMBERS = 2**18  # activations and weights of the configurations that are trained as one: they stay in the cache

# As in ``sizes``, but that of a chunk at a time alone there are gradients, and what a step makes on the way.
COPIES_KEPT = 6  # of each weight: itself and its optimizer's state, before and after a step
COPIES_MADE = 24
COPIES_OF_AN_ACTIVATION = 12


def sweepable(optimizer: str) -> tuple[HyperField, ...]:
    """Return the hyperparameters that are numbers: neither switches nor words nor lists."""
    return tuple(field for field in hyper_fields(optimizer) if field.kind in (float, int) and not field.many)


def configurations(plan: SweepPlan) -> int:
    """Return how many networks are trained: every combination, from every seed's start."""
    return prod(len(axis.values) for axis in plan.axes) * max(len(plan.seeds), 1)


def with_value(entry: OptimizerSpec, path: Path, value: float) -> OptimizerSpec:
    """Return the entry with one hyperparameter set; of a pair, the other part stays as it is."""
    name, *place = path
    new: Any = value
    if place:
        pair = list(getattr(complete(entry.name, entry.params), str(name)))
        pair[int(place[0])] = value
        new = pair
    return entry.model_copy(update={"params": entry.params | {str(name): new}})


def check_plan(spec: ExperimentSpec, plan: SweepPlan) -> list[Fault]:
    """Return all that keeps the sweep from being begun; each fault's path leads to the plan's field."""
    if not 0 <= plan.entry < len(spec.optimizers):
        accepted = f"≥ 0 and < {len(spec.optimizers)}"
        return [Fault(("entry",), "out_of_range", {"accepted": accepted, "given": plan.entry})]
    entry = spec.optimizers[plan.entry]
    if entry.name and entry.name not in optimizer_names():
        return [unknown_name(("entry",), entry.name, optimizer_names())]
    faults = [*_count_faults(plan), *_seed_faults(spec, plan), *_axes_faults(spec, entry, plan.axes)]
    return faults or list(_memory_faults(spec, plan))


def _count_faults(plan: SweepPlan) -> Iterator[Fault]:
    if not plan.axes:
        yield Fault(("axes",), "empty")
    if len(plan.axes) > MOST_AXES:
        yield Fault(("axes",), "too_many", {"count": len(plan.axes), "limit": MOST_AXES})
    if not 1 <= plan.steps <= MOST_STEPS:
        accepted = f"≥ 1 and ≤ {MOST_STEPS:,}"
        yield Fault(("steps",), "out_of_range", {"accepted": accepted, "given": shown(plan.steps)})
    if plan.axes and (count := configurations(plan)) > MOST_CONFIGURATIONS:
        yield Fault(("axes",), "too_many_configurations", {"count": f"{count:,}", "limit": f"{MOST_CONFIGURATIONS:,}"})


def _seed_faults(spec: ExperimentSpec, plan: SweepPlan) -> Iterator[Fault]:
    if plan.seeds and spec.problem is not None:
        yield Fault(("seeds",), "no_seeds")
    elif len(set(plan.seeds)) < len(plan.seeds):
        yield Fault(("seeds",), "twice", {"given": shown(first_twice(plan.seeds))})
    for place, seed in enumerate(plan.seeds):
        if not 0 <= seed <= LARGEST_SEED:
            fields = {"accepted": f"≥ 0 and ≤ {LARGEST_SEED}", "given": shown(seed)}
            yield Fault(("seeds", place), "out_of_range", fields)


def _axes_faults(spec: ExperimentSpec, entry: OptimizerSpec, axes: Sequence[SweepAxis]) -> Iterator[Fault]:
    found = [fault for number, axis in enumerate(axes) for fault in _axis_faults(("axes", number), entry, axis)]
    yield from found
    if len({axis.path for axis in axes}) < len(axes):
        yield Fault(("axes", 1, "path"), "same_axis", {"given": path_in_words(axes[1].path)})
    elif not found:
        yield from _entry_faults(spec, entry, axes)


def _axis_faults(path: Path, entry: OptimizerSpec, axis: SweepAxis) -> Iterator[Fault]:
    field = next((field for field in hyper_fields(entry.name) if field.path == axis.path), None)
    known = [path_in_words(field.path) for field in sweepable(entry.name)]
    if field is None:
        yield unknown_name((*path, "path"), path_in_words(axis.path), known)
    elif field not in sweepable(entry.name):
        yield Fault((*path, "path"), "no_number", {"given": path_in_words(axis.path), "known": ", ".join(known)})
    elif not axis.values:
        yield Fault((*path, "values"), "empty")
    else:
        yield from _value_faults((*path, "values"), axis, field)


def _value_faults(path: Path, axis: SweepAxis, field: HyperField) -> Iterator[Fault]:
    """Where values ascend and a range has no gap, its ends tell of all between. Not whether they are whole."""
    values = axis.values
    if not all(before < after for before, after in pairwise(values)):
        yield Fault(path, "not_ascending")
        return
    ends = range(len(values)) if field.kind is int else sorted({0, len(values) - 1})
    faults = [fault for place in ends for fault in value_faults((*path, place), as_kind(field, values[place]), field)]
    if axis.log and values[0] <= 0:
        faults = [Fault((*path, 0), "out_of_range", {"accepted": "> 0", "given": shown(values[0])})]
    yield from faults[:MOST_FAULTS]


def _entry_faults(spec: ExperimentSpec, entry: OptimizerSpec, axes: Sequence[SweepAxis]) -> Iterator[Fault]:
    """Yield what the experiment's checks say of the entry at the axes' ends and 0: values may exclude each other."""
    tried = [entry]
    for axis in axes:
        ends = {min(axis.values), max(axis.values)} | ({0.0} & set(axis.values))
        by_path = {field.path: field for field in hyper_fields(entry.name)}
        kind = by_path[axis.path]
        tried = [with_value(one, axis.path, as_kind(kind, value)) for one in tried for value in sorted(ends)]
    told: set[tuple[str, str]] = set()
    for one in tried:
        for fault in cross_faults({"optimizers": (one,), "dtype": spec.dtype}):
            if fault.path[:2] == ("optimizers", 0) and (key := (str(fault.path[2:]), fault.code)) not in told:
                told.add(key)
                yield fault._replace(path=("entry", *fault.path[2:]))


def _memory_faults(spec: ExperimentSpec, plan: SweepPlan) -> Iterator[Fault]:
    needed = sweep_memory(spec, plan)
    if needed > ALWAYS_FREE and needed > (available := free_memory()):
        yield Fault(("axes",), "too_large", {"needed": in_words(needed), "available": in_words(available)})


def chunk_size(spec: ExperimentSpec, rows: int) -> int:
    """Return how many configurations are trained as one, where a step of each sees so many rows."""
    return max(CHUNK_NUMBERS // (_weights(spec) + rows * _units(spec)), 1)


def step_rows(spec: ExperimentSpec) -> int:
    return min(spec.batch.size or row_count(spec), row_count(spec))


def sweep_memory(spec: ExperimentSpec, plan: SweepPlan) -> int:
    """Return bytes that a sweep will hold at the most, roughly."""
    count, rows = configurations(plan), step_rows(spec)
    chunk = min(count, chunk_size(spec, rows))
    numbers = count * _weights(spec) * COPIES_KEPT
    numbers += chunk * (_weights(spec) * COPIES_MADE + rows * _units(spec) * COPIES_OF_AN_ACTIVATION)
    return numbers * (8 if spec.dtype == "float64" else 4)


def _weights(spec: ExperimentSpec) -> int:
    return sum(prod(shape) for shape in shapes_of(spec).values())


def _units(spec: ExperimentSpec) -> int:
    return sum(unit_counts(spec))


def as_kind(field: HyperField, value: float) -> float:
    """Return a whole number as an int where the hyperparameter is one."""
    return int(value) if field.kind is int and float(value).is_integer() else value


def spaced(low: float, high: float, points: int, *, log: bool, whole: bool = False) -> tuple[float, ...]:
    """Return values from one end to the other, equally far apart or, with ``log``, by the same factor.

    Both ends alone where there is no logarithm: ``check_plan`` tells why not.
    """
    if low == high or points == 1:
        return (low,)
    if not (isfinite(low) and isfinite(high)) or (log and low <= 0):
        return (low, high)
    values = (np.geomspace if log else np.linspace)(low, high, points)
    return tuple(np.unique(np.round(values)).tolist() if whole else values.tolist())


def path_in_words(path: Path) -> str:
    """Return a hyperparameter as torch's users would write it: ``betas[0]``."""
    name, *place = path
    return f"{name}[{place[0]}]" if place else str(name)


class InTurn(NamedTuple):
    """Say why settings are trained one after another: ``code`` names the sentence, ``fields`` what stands in it."""

    code: str
    fields: dict[str, Any] = {}  # noqa: RUF012  # never changed


OWN_CODE = InTurn("own_code")


def why_in_turn(spec: ExperimentSpec, entry: OptimizerSpec) -> InTurn | None:
    """Return why an entry's settings are trained one after another; None where they are trained together.

    Of an entry whose optimizer is own code nothing is said: whether that broadcasts shows when it runs.
    """
    if parts_of(spec):
        return OWN_CODE
    if entry.groups:
        return InTurn("groups")
    if (layer := next((layer for layer in layers_in(spec) if layer.has_mode), None)) is not None:
        return InTurn("mode", {"layer": layer.name, "kind": layer.kind})
    if not is_stackable(spec):
        return InTurn("one_network")
    if hasattr(optimizer_module(entry.name), "minimize"):
        return InTurn("closure", {"name": entry.name})
    return None
