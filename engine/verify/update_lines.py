"""The line of an optimizer that makes it depart from torch's."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.own.optimizers import OptimizerProbe
from engine.variants import Variant

from . import candidates
from .counterparts import Noted, Place, counterparts, with_first
from .findings import Counterpart, First
from .located import Values, ValuesByStep, line_of
from .update_case import Fit, UpdateCase
from .update_probes import STEPS, TENSORS


def line_of_variant(case: UpdateCase, fit: Fit, variant: Variant) -> int | None:
    """Find the line, on the first probe that tells the variant from the reference."""
    for probe, values in zip(*case.answers(fit.counts_from), strict=True):
        hyper = case.hyper(fit, probe)
        assert hyper is not None
        reference = candidates.run(candidates.rule_of(None, fit.reference, fit.exact), hyper, probe)
        if not any(differs(mine, theirs).any() for mine, theirs in zip(values, reference, strict=True)):
            continue
        return _line_in(case, fit, variant, probe, hyper)
    return None


def _line_in(
    case: UpdateCase, fit: Fit, variant: Variant, probe: OptimizerProbe, hyper: Mapping[str, Any]
) -> int | None:
    _, made = case.own.recorded(probe)
    variant_values, reference_values = (_values_by_step(fit, one, probe, hyper) for one in (variant, None))
    steps = STEPS if len(probe.weights) > 1 else len(probe.gradients)
    return line_of(made, variant_values, reference_values, min(2, steps), _departing(fit, variant, probe, hyper))


def _values_by_step(fit: Fit, variant: Variant | None, probe: OptimizerProbe, hyper: Mapping[str, Any]) -> ValuesByStep:
    """Return what a candidate comes by at each step, and what the step begins with."""
    seen: dict[int, list[Array]] = {}
    for one in candidates.on_the_way(variant, fit.reference, hyper, probe, fit.exact):
        seen.setdefault(one.step, []).append(one.value)
    return {
        step: Values.of([*values, *_inputs(probe, step, hyper)], _rate_at(probe, hyper, step))
        for step, values in seen.items()
    }


def _departing(fit: Fit, variant: Variant, probe: OptimizerProbe, hyper: Mapping[str, Any]) -> ValuesByStep:
    """Return the weights, and how far they went, where the variant departs."""
    both = [candidates.run(candidates.rule_of(one, fit.reference, fit.exact), hyper, probe) for one in (variant, None)]
    count = len(probe.weights[0])
    found: dict[int, list[Array]] = {}
    for place, (theirs, plain) in enumerate(zip(*both, strict=True)):
        if differs(theirs, plain).any():
            found.setdefault(place // count + 1, []).append(theirs)
    return {step: Values.of(values, simple=False) for step, values in found.items()}


def _rate_at(probe: OptimizerProbe, hyper: Mapping[str, Any], step: int) -> float:
    return float(probe.rates[step - 1] if probe.rates is not None else hyper.get("lr", 1.0))


def _inputs(probe: OptimizerProbe, step: int, hyper: Mapping[str, Any]) -> Iterator[Array]:
    """Yield what a step begins with, which every candidate has."""
    yield from probe.gradients[step - 1]
    if len(probe.weights) > 1:
        yield from probe.weights[step - 1]
    for value in hyper.values():
        yield from (
            np.array(float(one)) for one in (value if isinstance(value, tuple) else (value,)) if one is not None
        )
    if probe.rates is not None:
        yield np.array(probe.rates[step - 1])


def update_counterparts(
    case: UpdateCase, fit: Fit, variant: Variant | None, first: First | None
) -> tuple[Counterpart, ...]:
    """Return own values of the step that departs first beside the textbook's, up to the line that makes it depart."""
    if first is None or first.line is None:
        return ()
    place = TENSORS.index(first.tensor)
    for probe, values in zip(*case.answers(fit.counts_from), strict=True):
        number = (first.step - 1) * len(probe.weights[0]) + place
        hyper = case.hyper(fit, probe)
        if hyper is None or number >= len(values) or float(values[number][first.index]) != first.own:
            continue
        _, made = case.own.recorded(probe)
        own = [one for one in made if one.mark == first.step]
        variants, references = (_noted(fit, one, hyper, probe, first.step) for one in (variant, None))
        shape = probe.weights[0][place].shape
        return with_first(counterparts(own, first.line, variants, references, first, shape), first)
    return with_first((), first)


def _noted(
    fit: Fit, variant: Variant | None, hyper: Mapping[str, Any], probe: OptimizerProbe, step: int
) -> dict[Place, Array]:
    noted, now = Noted(), [1]

    def note(value: Any, text: str) -> None:
        if now[0] == step:
            noted.note(value, text)

    with suppress(KeyError, *candidates.REFUSED):
        rule = candidates.made(variant, "optimizer", fit.reference, exact=fit.exact, note=note)
        candidates.run(rule, hyper, probe, lambda number: now.__setitem__(0, number))
    return noted.values


def line_of_difference(case: UpdateCase, fit: Fit) -> int | None:
    probe, _ = case.first(fit)
    hyper = case.hyper(fit, probe)
    if hyper is None:
        return None
    _, made = case.own.recorded(probe)
    return line_of(made, {}, _values_by_step(fit, None, probe, hyper), 2, {})


def differs(mine: Array, torch: Array) -> Array:
    with np.errstate(all="ignore"):
        return ~((mine == torch) | (np.abs(mine - torch) <= 1e-9 * np.abs(torch)) | (np.isnan(mine) & np.isnan(torch)))
