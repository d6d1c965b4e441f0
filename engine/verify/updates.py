"""The verdict on an optimizer."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy import ndarray as Array

from engine.backends import reference_run
from engine.own.optimizers import OptimizerProbe
from engine.variants import Variant

from .asked import Asked, Own
from .comparison import Compared
from .proofs import proved
from .record import Record
from .update_case import Fit, UpdateCase, begun, compare, flat
from .update_lines import differs
from .update_report import base_record, different_record, first_apart, named_record
from .update_search import explained, first_that, nearest, singles


def judged(own: Own, asked: Asked, file: str) -> Record:
    """Judge an optimizer and return its record. Raises Unusable."""
    case = UpdateCase(own, asked, file)
    case.check_repeats()
    for reference in case.order:
        for fit in case.fits(reference):
            compared = case.compared(fit)
            if compared and all(one.is_right for one in compared):
                return _right(case, fit, compared, file)
        if reference in case.hints[:1] and (named := first_that(case, singles(case, reference))):
            return _record(case, *named, file)
    for fit in case.unsaid_fits():
        compared = case.compared(fit)
        if compared and all(one.is_right for one in compared):
            return _right(case, fit, compared, file)
    target = case.order[0] if case.asked.against or case.hints else nearest(case)
    fit = next(case.fits(target))
    compared = case.compared(fit, patient=True)
    if compared and all(one.is_right for one in compared):
        return _right(case, fit, compared, file)
    named = explained(case, target)
    if named is not None:
        return _record(case, *named, file)
    return different_record(case, fit, file)


def _record(case: UpdateCase, fit: Fit, variant: Variant | None, file: str) -> Record:
    """Report what explains it; where that are numbers of its own alone, torch has the last word."""
    if variant is not None:
        return named_record(case, fit, variant, file)
    compared = case.compared(fit, patient=True)
    is_right = compared and all(one.is_right for one in compared)
    return _right(case, fit, compared or [], file) if is_right else different_record(case, fit, file)


def _right(case: UpdateCase, fit: Fit, compared: Sequence[Compared], file: str) -> Record:
    record = base_record(case, fit, file)
    if case.judged_in != case.asked.dtype and case.judged_in == "float32":
        return different_record(case, fit, file)
    if case.asked.dtype != "float64":
        return _in_precision(case, fit, record)
    if all(one.same for one in compared):
        return replace(record, verdict="identical")
    return _rounded(case, fit, record)


def _rounded(case: UpdateCase, fit: Fit, record: Record) -> Record:
    """With the place where bits first differ, and the one rounding that explains it, where one does."""
    is_float32 = case.asked.dtype == "float32"
    asked = [in_float32(probe) if is_float32 else probe for probe in case.answers(fit.counts_from)[0]]
    asked = [begun((asked[0], []))[0], *asked]

    def is_torch(answers: Sequence[list[list[Array]]]) -> bool:
        return all(_same(case, fit, *one) for one in zip(asked, answers, strict=False))

    found = proved(case.own, asked, is_torch, case.asked.dtype)
    first = first_apart(case, fit, lambda mine, torch: mine != torch)
    if found and first:
        first = replace(first, line=found.line)
    return replace(record, verdict="rounding", first=first, rounding=found)


def _same(case: UpdateCase, fit: Fit, probe: OptimizerProbe, answer: list[list[Array]]) -> bool:
    run = case.torch_run(fit, probe)
    assert run is not None
    base = flat(reference_run(run, case.asked.dtype))
    values = [value.astype(case.asked.dtype) for value in flat(answer)]
    return all(np.array_equal(mine, torch, equal_nan=True) for mine, torch in zip(values, base, strict=True))


def _in_precision(case: UpdateCase, fit: Fit, record: Record) -> Record:
    """Right in float64: what it is in float32."""
    all_same = True
    for probe, _ in zip(*case.answers(fit.counts_from), strict=True):
        small = in_float32(probe)
        values = [weight for step in case.own.run(small) for weight in step]
        run = case.torch_run(fit, small)
        assert run is not None
        one = compare(run, small, [value.astype(np.float32) for value in values], "float32", patient=True)
        if not one.is_right:
            return replace(record, verdict="unstable", first=first_apart(case, fit, differs, small, values, "float32"))
        all_same &= one.same
    if all_same:
        return replace(record, verdict="identical")
    return _rounded(case, fit, record)


def in_float32(probe: OptimizerProbe) -> OptimizerProbe:
    def cast(steps: list[list[Array]]) -> list[list[Array]]:
        return [[value.astype(np.float32) for value in step] for step in steps]

    return probe._replace(weights=cast(probe.weights), gradients=cast(probe.gradients))
