"""The verdict on an activation, a loss or a layer."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

import numpy as np

from engine.backends import on_one_thread
from engine.judge.hearing import Wrong, mistaken, unstable
from engine.own import function_probes
from engine.own.function_probes import Inputs
from engine.own.unusable import Unusable
from engine.variants import Variant, combined, variants_of

from .asked import Asked, Own
from .function_case import FAR, SEEDS, Answer, Fit, FunctionCase, made_of_output, torch_answer
from .function_report import base_record, different_record, first_apart, named_record, stage_of
from .proofs import proved
from .record import First, Record, Rounding

FRESH = 77
OF_OUTPUT = ("tanh", "sigmoid")  # whose derivative torch makes of the output


class Outcome(NamedTuple):
    """Hold what explains own code: a ``fit`` alone (torch itself), or with a ``variant``; neither: it is not known."""

    fit: Fit
    variant: Variant | None = None
    is_known: bool = True


def judged(own: Own, asked: Asked, file: str) -> Record:
    """Judge an activation, a loss or a layer, and return its record. Raises Unusable."""
    case = FunctionCase(own, asked, file)
    with on_one_thread():
        if not repeats(case):
            raise Unusable("it does not repeat itself: of the same input it made something else", case.found.first)
        return record_of(case, outcome_of(case), file)


def outcome_of(case: FunctionCase) -> Outcome:
    """Find what explains own code."""
    for reference in case.order:
        for fit in (*case.fits(reference), *case.literal_fits(reference)):
            if case.is_right(fit):
                return Outcome(fit)
        if reference in case.hints[:1] and (named := _first_that(case, reference, singles=True)):
            return Outcome(*named)
    target = case.order[0] if case.asked.against or case.hints else _nearest(case)
    others = [] if case.asked.against else [name for name in case.order if name != target]
    for reference, singles in [*((name, True) for name in (target, *others)), (target, False)]:
        if named := _first_that(case, reference, singles=singles):
            return Outcome(*named)
    return Outcome(next(case.fits(target)), is_known=False)


def record_of(case: FunctionCase, outcome: Outcome, file: str) -> Record:
    """Report what was found."""
    fit, variant, is_known = outcome
    if variant is not None:
        return named_record(case, fit, variant, file)
    return _right(case, fit, file) if is_known else different_record(case, fit, file)


def repeats(case: FunctionCase) -> bool:
    """Return whether the code answers the same the second time. Raises Unusable where it answers nothing."""
    fit = next(case.fits(case.order[0]))
    probes = [name for name in case.order if case.answer(next(case.fits(name)), SEEDS[0]) is not None]
    if not probes:
        case.own.run(case.probe(fit, case.inputs(fit.reference, SEEDS[0])))  # tells what it raises
        return True
    if case.is_of_kind and case.found.called == "dropout":
        return True  # it is judged by the mask that it drew
    fit = next(case.fits(probes[0]))
    first = case.answer(fit, SEEDS[0])
    again = case.own.run(case.probe(fit, case.inputs(fit.reference, SEEDS[0])))
    assert first is not None
    return all(
        np.array_equal(first[role], np.reshape(again[role], first[role].shape), equal_nan=True) for role in first
    )


def _first_that(case: FunctionCase, reference: str, *, singles: bool) -> tuple[Fit, Variant] | None:
    """Find the first variant, or pair of them, that explains everything, on fresh inputs too."""
    known = variants_of(case.kind, reference)  # type: ignore[arg-type]
    tried = known if singles else tuple(filter(None, (combined(*pair) for pair in combinations(known, 2))))
    fits = [fit for fit in case.fits(reference) if case.is_of_kind or not fit.params]
    for variant in tried:
        for fit in fits:
            if case.explains(fit, variant) and case.explains(fit, variant, (FRESH,)):
                return fit, variant
    return None


def _nearest(case: FunctionCase) -> str:
    distances: dict[str, float] = {}
    for reference in case.order:
        for fit in case.fits(reference):
            answer = case.answer(fit, SEEDS[0])
            if answer is None:
                continue
            torch = torch_answer(case, fit, case.inputs(reference, SEEDS[0]), answer)
            far = [
                np.abs(answer[r] - torch[r]).mean() for r in answer if r in torch and answer[r].shape == torch[r].shape
            ]
            distances[reference] = min(float(sum(far)) if far else np.inf, distances.get(reference, np.inf))
    return min(distances, key=lambda name: distances[name]) if distances else case.order[0]


def _right(case: FunctionCase, fit: Fit, file: str) -> Record:
    record = base_record(case, fit, file)
    padded = _padded(case, fit)
    if padded is not None:
        return named_record(case, fit, padded, file)
    shaky = _unstable(case, fit)
    if shaky is not None:
        return replace(record, verdict="unstable", first=shaky)
    apart = first_apart(case, fit, case.asked.dtype)
    if apart is None:
        return replace(record, verdict="identical")
    proved = _proved(case, fit)
    first = replace(apart, line=proved.line) if proved else apart
    return replace(record, verdict="rounding", first=first, rounding=proved)


def _padded(case: FunctionCase, fit: Fit) -> Variant | None:
    """Find a departure that shows alone where classes are next to impossible, a clipped probability say."""
    if case.kind != "loss" or not case.wrongs(fit, SEEDS[0], FAR):
        return None
    for variant in variants_of("loss", fit.reference):
        ordinary = case.explains(fit, variant) and "probabilities" not in variant.shows.needs
        if ordinary and all(case.agrees(fit, variant, seed, FAR) for seed in SEEDS):
            return variant
    return None


def _unstable(case: FunctionCase, fit: Fit) -> First | None:
    """Where it breaks down: on the overflow probes in either precision, or in float32 on ordinary ones."""
    if case.kind == "layer":
        return None
    for what in ("overflow", ""):
        inputs = case.inputs(fit.reference, SEEDS[0], what)
        answer = case.answer(fit, SEEDS[0], what)
        if what and answer is not None:
            wrong = next((one for stage in case.stages(fit, inputs, answer) for one in mistaken(stage)), None)
            if wrong is not None:
                return _of_wrong(case, fit, inputs, answer, wrong)
        small = function_probes.in_precision(inputs, "float32")
        answer = case.answer(fit, SEEDS[0], what, "float32")
        if answer is None:
            continue
        for stage in case.stages(fit, small, answer):
            for wrong in unstable(stage, stage):
                return _of_wrong(case, fit, small, answer, wrong, "float32")
    return None


def _of_wrong(
    case: FunctionCase, fit: Fit, inputs: Inputs, answer: Answer, wrong: Wrong, dtype: str = "float64"
) -> First:
    torch = torch_answer(case, fit, inputs, answer, dtype)
    own, reference = answer[wrong.name][wrong.index], torch[wrong.name][wrong.index]
    return First(1, stage_of(wrong.name), wrong.name, wrong.index, float(own), float(reference), None)


def _proved(case: FunctionCase, fit: Fit) -> Rounding | None:
    """Find the one operation that, rounded otherwise, gives torch's bits on all probes."""
    dtype = case.asked.dtype
    asked = [function_probes.in_precision(case.inputs(fit.reference, seed), dtype) for seed in (*SEEDS, FRESH)]

    def is_torch(answers: Sequence[Answer]) -> bool:
        return all(_same(case, fit, inputs, answer, dtype) for inputs, answer in zip(asked, answers, strict=False))

    return proved(case.own, [case.probe(fit, inputs) for inputs in asked], is_torch, dtype)


def _same(case: FunctionCase, fit: Fit, inputs: Inputs, answer: Answer, dtype: str) -> bool:
    answer = case.shaped(answer, dtype)
    torch = torch_answer(case, fit, inputs, answer, dtype)
    if fit.reference in OF_OUTPUT:  # another library's tanh has other last digits: the derivative is made of them
        torch |= made_of_output(inputs, answer, fit.reference, dtype)
    return all(
        role in torch and value.shape == torch[role].shape and np.array_equal(value, torch[role])
        for role, value in answer.items()
    )
