"""The verdict on an optimizer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.backends import reference_run
from engine.judge.comparison import Compared
from engine.own.optimizers import OptimizerProbe
from engine.variants import Variant

from .asked import Asked, Own
from .proofs import proved
from .record import Record
from .update_case import Fit, UpdateCase, begun, compare, flat
from .update_lines import differs
from .update_report import base_record, different_record, first_apart, named_record
from .update_search import explained, first_that, nearest, singles


class Outcome(NamedTuple):
    """Say what an optimizer came out as: by which ``fit``, and with which departure.

    ``compared`` is with torch, where that shows it to be right; ``is_known`` is False where nothing explains it.
    """

    fit: Fit
    variant: Variant | None = None
    compared: Sequence[Compared] | None = None
    is_known: bool = True


def judged(own: Own, asked: Asked, file: str) -> Record:
    """Judge an optimizer and return its record. Raises Unusable."""
    case = UpdateCase(own, asked, file)
    case.check_repeats()
    return record_of(case, outcome_of(case), file)


def outcome_of(case: UpdateCase) -> Outcome:
    """Find what it is: torch's first, then with the fewest departures."""
    for reference in case.order:
        for fit in case.fits(reference):
            if compared := _agreeing(case, fit):
                return Outcome(fit, None, compared)
        if reference in case.hints[:1] and (named := first_that(case, singles(case, reference))):
            return _explained(case, *named)
    for fit in case.unsaid_fits():
        if compared := _agreeing(case, fit):
            return Outcome(fit, None, compared)
    target = case.order[0] if case.asked.against or case.hints else nearest(case)
    fit = next(case.fits(target))
    if compared := _agreeing(case, fit, patient=True):
        return Outcome(fit, None, compared)
    named = explained(case, target)
    return Outcome(fit, is_known=False) if named is None else _explained(case, *named)


def _agreeing(case: UpdateCase, fit: Fit, *, patient: bool = False) -> Sequence[Compared] | None:
    """Return the comparison with torch where all of it is rounding."""
    compared = case.compared(fit, patient=patient)
    return compared if compared and all(one.is_right for one in compared) else None


def _explained(case: UpdateCase, fit: Fit, variant: Variant | None) -> Outcome:
    """Take what explains it; where that are numbers of its own alone, torch has the last word."""
    if variant is not None:
        return Outcome(fit, variant)
    compared = _agreeing(case, fit, patient=True)
    return Outcome(fit, None, compared) if compared else Outcome(fit, is_known=False)


def record_of(case: UpdateCase, outcome: Outcome, file: str) -> Record:
    """Report what was found."""
    if outcome.variant is not None:
        return named_record(case, outcome.fit, outcome.variant, file)
    if outcome.compared:
        return _right(case, outcome.fit, outcome.compared, file)
    return different_record(case, outcome.fit, file)


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
        one = compare(run, [value.astype(np.float32) for value in values], "float32", patient=True)
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
