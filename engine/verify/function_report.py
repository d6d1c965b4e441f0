"""The record of a function or layer that is not torch's: named, or with what can still be said of it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy import ndarray as Array

from engine.own import function_probes
from engine.spec import PARAMETERS
from engine.variants import Variant

from . import differences
from .function_case import FAR, SEEDS, Fit, FunctionCase, torch_answer
from .function_lines import function_counterparts, line_in
from .naming import named_by
from .record import First, Record


def base_record(case: FunctionCase, fit: Fit, file: str) -> Record:
    """Begin a record: what was judged against what, with notes, and without a verdict."""
    name = PARAMETERS.get(fit.reference, ("",))[0]
    handed = {name: fit.settings[0][1]} if name and fit.settings else {}
    params = dict(fit.params) or handed
    return Record(
        file, case.kind, case.found.name, case.found.form, fit.reference, params, 1, case.asked.dtype,
        notes=tuple(_notes(case, fit)),
    )  # fmt: skip


def _notes(case: FunctionCase, fit: Fit) -> Iterator[str]:
    if case.kind != "layer":
        if not case.found.has_derivative:
            yield "It has no derivative beside it: its values alone were judged."
        if case.found.is_open and fit.given == "a":
            yield "Its derivative is right if given the output, f(z), and not z itself."
    for name, value in (each for each in fit.params if not isinstance(each[1], bool)):
        line = next((line for number, line in case.found.literals if number == value), None)
        if line:
            yield f"{name} is {value:g}, as the code has it in line {line}."


def stage_of(role: str) -> str:
    """Return the stage that a role belongs to, by its name."""
    return {"a": "activation", "z": "affine", "loss": "loss"}.get(role, "backward")


def first_apart(case: FunctionCase, fit: Fit, dtype: str, close: float = 0.0) -> First | None:
    """Find the first element that differs: in its bits, or by more than ``close`` of torch's value."""
    asked = [(seed, "") for seed in SEEDS] + [(SEEDS[0], FAR)] * (case.kind == "loss")
    for seed, what in asked:
        inputs = function_probes.in_precision(case.inputs(fit.reference, seed, what), dtype)
        answer = case.answer(fit, seed, what, dtype)
        if answer is None:
            continue
        torch = torch_answer(case, fit, inputs, answer, dtype)
        for role, value in answer.items():
            if role not in torch or value.shape != torch[role].shape:
                continue
            with np.errstate(all="ignore"):
                apart = ~((value == torch[role]) | (np.abs(value - torch[role]) <= close * np.abs(torch[role])))
            apart &= ~(np.isnan(value) & np.isnan(torch[role]))
            if apart.any():
                index = tuple(int(i) for i in np.argwhere(apart)[0])
                return First(1, stage_of(role), role, index, float(value[index]), float(torch[role][index]))
    return None


def named_record(case: FunctionCase, fit: Fit, variant: Variant, file: str) -> Record:
    """Report a function or layer that a known departure explains."""
    line = line_in(case, fit, variant)
    named = named_by(variant, line)
    first = first_apart(case, fit, "float64", 1e-9)
    first = None if first is None else replace(first, line=line)
    accepted = case.asked.accepts(variant)
    found = function_counterparts(case, fit, variant, first)
    return replace(
        base_record(case, fit, file), verdict=variant.kind, named=named, first=first, accepted=accepted,
        counterparts=found,
    )  # fmt: skip


def different_record(case: FunctionCase, fit: Fit, file: str) -> Record:
    """Report a function or layer that no known departure explains."""
    record = base_record(case, fit, file)
    line = line_in(case, fit, None)
    first = first_apart(case, fit, "float64", 1e-9)
    first = None if first is None else replace(first, line=line)
    notes = (*record.notes, *_what_can_be_said(case, fit))
    found = function_counterparts(case, fit, None, first)
    return replace(record, verdict="different", first=first, notes=notes, counterparts=found)


def _what_can_be_said(case: FunctionCase, fit: Fit) -> Iterator[str]:
    answer = case.answer(fit, SEEDS[0])
    if answer is None:
        return
    inputs = case.inputs(fit.reference, SEEDS[0])
    torch = torch_answer(case, fit, inputs, answer)
    rows, columns = function_probes.ROWS, function_probes.COLUMNS
    known = {"1": 1.0, "2": 2.0, "1/2": 0.5, "the number of rows": rows, "1/rows": 1 / rows}
    known |= {"the number of outputs": columns, "1/outputs": 1 / columns, "rows × outputs": rows * columns}
    known |= {"1/(rows × outputs)": 1 / (rows * columns)}
    for role, value in answer.items():
        if role not in torch:
            continue
        if value.shape != torch[role].shape:
            yield from _of_shape(role, value, torch[role])
        elif differences.not_finite([value], [torch[role]]):
            yield f"{role} is NaN or infinite where torch's is not."
        elif factor := differences.constant_factor([value], [torch[role]]):
            yield f"{role} is torch's times {differences.named_factor(factor, known)}."


def _of_shape(role: str, value: Array, torch: Array) -> Iterator[str]:
    yield f"{role} has shape {value.shape}; torch's has {torch.shape}."
    if value.T.shape == torch.shape and np.allclose(value.T, torch):
        yield f"{role} is torch's, transposed."
    elif value.ndim == torch.ndim + 1 and np.allclose(value.sum(axis=0), torch):
        yield f"{role} is not summed over the rows: its sum is torch's."
    elif role == "loss" and value.ndim and np.allclose(value.mean(), torch):
        yield "The loss is not averaged: its mean is torch's."
