"""The record of an optimizer that is not torch's: named, or with what can still be said of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.backends import reference_run
from engine.own.optimizers import OptimizerProbe
from engine.variants import Variant

from . import differences
from .naming import named_by
from .record import First, Record, Row
from .update_case import Fit, UpdateCase, compare, flat, stands_for
from .update_lines import differs, line_of_difference, line_of_variant, update_counterparts
from .update_probes import TENSORS

FIRST_ROWS = 5


def base_record(case: UpdateCase, fit: Fit, file: str) -> Record:
    """Begin a record: what was judged against what, with notes, and without a verdict."""
    probe = case.answers(fit.counts_from)[0][0]
    hyper = case.hyper(fit, probe) or {}
    idle = {one.name for one in case.found.settings if one.role == "decay" and not one.value}  # it may be any decay
    paths = [path for name, path in fit.assigned.paths.items() if name not in idle]
    names = dict.fromkeys(path.partition(".")[0] for path in paths)
    names |= dict.fromkeys(path.partition(".")[0] for path, _ in fit.assigned.fixed)
    params = {name: hyper[name] for name in names if name in hyper}
    found = case.found
    return Record(
        file, "optimizer", found.name, found.form, fit.reference, params, case.asked.steps, case.asked.dtype,
        notes=tuple(_notes(case, fit)),
    )  # fmt: skip


def _notes(case: UpdateCase, fit: Fit) -> Iterator[str]:
    if not case.found.changes_rate:
        yield "Its learning rate cannot be changed from outside, so this holds while the rate stays."
    for one in case.found.settings:
        path = fit.assigned.paths.get(one.name)
        told = [name for name in case.asked.params if name == one.name or stands_for(one.role, name)]
        if told and not one.settable:
            at = f", line {one.line}" if one.line else ""
            yield f"{path or one.name} is the code's own {one.value:g}{at}: --param {told[0]} does not reach it."
    for path, value in fit.assigned.fixed:
        line = next((line for number, line in case.found.literals if value in (number, 1 - number)), None)
        yield f"{path} is {value:g}, as the code has it" + (f" in line {line}." if line else ".")
    if case.found.separate:
        yield "It keeps one state: it was tried with an object for each parameter."
    if len(set(case.found.shapes)) == 1:
        yield "It takes parameters of one shape alone."


def first_apart(
    case: UpdateCase, fit: Fit, is_apart: Any, probe: OptimizerProbe | None = None, values: Any = None,
    dtype: str = "float64",
) -> First | None:  # fmt: skip
    """Find the first element where ``is_apart`` holds, of one probe or of all; None where it nowhere does."""
    asked = [(probe, values)] if probe is not None else [*zip(*case.answers(fit.counts_from), strict=True)]
    for one, own in asked:
        run = case.torch_run(fit, one)
        if run is None:
            continue
        base = flat(reference_run(run, dtype))
        count = len(one.weights[0])
        for place, (mine, torch) in enumerate(zip(own, base, strict=True)):
            apart = is_apart(mine, torch)
            if apart.any():
                index = tuple(int(i) for i in np.argwhere(apart)[0])
                return First(
                    place // count + 1, "update", TENSORS[place % count], index, float(mine[index]), float(torch[index])
                )
    return None


def named_record(case: UpdateCase, fit: Fit, variant: Variant, file: str) -> Record:
    """Report an optimizer that a known departure explains."""
    record = base_record(case, fit, file)
    line = line_of_variant(case, fit, variant)
    named = named_by(variant, line)
    first = first_apart(case, fit, differs)
    first = None if first is None else replace(first, line=line)
    accepted = case.asked.accepts(variant)
    return replace(
        record, verdict=variant.kind, named=named, first=first, accepted=accepted, table=_table(case, fit, first),
        counterparts=update_counterparts(case, fit, variant, first),
    )  # fmt: skip


def _table(case: UpdateCase, fit: Fit, first: First | None) -> tuple[Row, ...]:
    """Return the first steps of the element that differs first."""
    probe, values = case.first(fit)
    run = case.torch_run(fit, probe)
    if run is None:
        return ()
    base = flat(reference_run(run, "float64"))
    count = len(probe.weights[0])
    tensor = TENSORS.index(first.tensor) if first else 0
    index = first.index if first else (0,) * values[tensor].ndim
    places = [step * count + tensor for step in range(FIRST_ROWS)]
    return tuple(
        Row(step + 1, float(values[place][index]), float(base[place][index])) for step, place in enumerate(places)
    )


def different_record(case: UpdateCase, fit: Fit, file: str) -> Record:
    """Report an optimizer that no known departure explains."""
    record = base_record(case, fit, file)
    first = first_apart(case, fit, differs)
    notes = [*record.notes, *_what_can_be_said(case, fit)]
    line = line_of_difference(case, fit)
    first = None if first is None else replace(first, line=line)
    return replace(
        record, verdict="different", first=first, notes=tuple(notes), table=_table(case, fit, first),
        counterparts=update_counterparts(case, fit, None, first),
    )  # fmt: skip


def _what_can_be_said(case: UpdateCase, fit: Fit) -> Iterator[str]:
    probe, values = case.first(fit)
    run = case.torch_run(fit, probe)
    if run is None:
        yield f"torch refuses these hyperparameters for {fit.reference}."
        return
    base = flat(reference_run(run, "float64"))
    if differences.not_finite(values, base):
        yield "It comes to NaN or infinity where torch does not."
    before = flat(probe.weights)
    steps = [mine - was for mine, was in zip(values, before, strict=True)]
    torch_steps = [torch - was for torch, was in zip(base, before, strict=True)]
    factor = differences.constant_factor(steps, torch_steps)
    if factor is not None:
        told = differences.named_factor(factor, _known_factors(case, fit, probe))
        yield f"Each of its steps is torch's times {told}."
    if _is_float32_inside(case, fit, probe, values):
        yield "It computes in float32 inside a float64 run; in float32 it is torch's (see --dtype float32)."


def _known_factors(case: UpdateCase, fit: Fit, probe: OptimizerProbe) -> dict[str, float]:
    hyper = case.hyper(fit, probe) or {}
    known = {"1": 1.0, "2": 2.0, "1/2": 0.5}
    for name, value in hyper.items():
        if isinstance(value, float) and value:
            known |= {name: value, f"1/{name}": 1 / value, f"1 − {name}": 1 - value}
    for place, beta in enumerate(hyper.get("betas", ())):
        known |= {f"β{place + 1}": beta, f"1 − β{place + 1}": 1 - beta}
    return known


def _is_float32_inside(case: UpdateCase, fit: Fit, probe: OptimizerProbe, values: Sequence[Array]) -> bool:
    """Return whether float32 explains it: as near to torch's own answer in float32 as its roundings allow."""
    run = case.torch_run(fit, probe)
    assert run is not None
    small = [value.astype(np.float32) for value in values]
    return compare(run, small, "float32", patient=True).is_right
