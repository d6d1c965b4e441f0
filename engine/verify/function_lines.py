"""The line of a function or layer that makes it depart from torch's."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.own.function_probes import Inputs
from engine.own.kind_forms import EVALUATED, TRAINED
from engine.own.recorder import Made, number_of
from engine.own.unusable import Unusable
from engine.variants import Variant
from engine.variants.source import NAMED

from . import candidates
from .counterparts import Noted, Place, counterparts, with_first
from .findings import Counterpart, First
from .function_case import FAR, SEEDS, Fit, FunctionCase
from .located import Values, line_of


def line_in(case: FunctionCase, fit: Fit, variant: Variant | None) -> int | None:
    """Find the line of a function or layer that makes it depart from torch's."""
    for what in _probes(case, variant):
        inputs = case.inputs(fit.reference, SEEDS[0], what)
        try:
            answer, made = case.own.recorded(case.probe(fit, inputs))
        except Unusable:
            return None
        inputs, _ = case.with_masks(fit, inputs, answer)
        outputs = _departing(case, fit, variant, inputs)
        if variant is not None and not outputs:
            continue
        mark = next(iter(outputs), TRAINED)
        made = [one for one in made if one.mark == mark]
        both = [_values_by_step(case, fit, one, inputs, mark) for one in (variant, None)]
        return line_of(made, both[0] if variant else {}, both[1], 1, outputs)
    return None


def _probes(case: FunctionCase, variant: Variant | None) -> list[str]:
    if variant and "probabilities" in variant.shows.needs:
        return ["probabilities", f"{FAR} probabilities"]
    return ["", FAR] if case.kind == "loss" else [""]


def function_counterparts(
    case: FunctionCase, fit: Fit, variant: Variant | None, first: First | None
) -> tuple[Counterpart, ...]:
    """Return own values beside the textbook's, of the input that departs first, up to the line that makes it depart."""
    if first is None or first.line is None:
        return ()
    for what in _probes(case, variant):
        inputs = case.inputs(fit.reference, SEEDS[0], what)
        try:
            answer, made = case.own.recorded(case.probe(fit, inputs))
        except Unusable:
            break
        result = case.shaped(answer, "float64").get(first.tensor)
        if result is None or result.ndim != len(first.index) or float(result[first.index]) != first.own:
            continue
        inputs, _ = case.with_masks(fit, inputs, answer)
        own: Sequence[Made] = [one for one in made if one.mark == _mark_of(first)]
        variants, references = (_noted(case, fit, one, inputs) for one in (variant, None))
        return with_first(counterparts(own, first.line, variants, references, first, result.shape), first)
    return with_first((), first)


def _mark_of(first: First) -> int:
    return EVALUATED if first.tensor == "evaluated" else TRAINED


def _noted(case: FunctionCase, fit: Fit, variant: Variant | None, inputs: Inputs) -> dict[Place, Array]:
    noted = Noted()
    with suppress(KeyError, *candidates.REFUSED):
        function = candidates.made(variant, case.kind, fit.reference, note=noted.note)  # type: ignore[arg-type]
        case.evaluated(fit, function, inputs)
    return noted.values


def _departing(case: FunctionCase, fit: Fit, variant: Variant | None, inputs: Inputs) -> dict[int, Values]:
    """Return the results in which a variant departs, by the mark of what makes them."""
    try:
        both = [
            case.evaluated(fit, candidates.made(one, case.kind, fit.reference), inputs)  # type: ignore[arg-type]
            for one in (variant, None)
        ]
    except (*candidates.REFUSED, KeyError):
        return {}
    theirs, plain = both
    results = {
        role: value
        for role, value in theirs.items()
        if role not in plain or not np.array_equal(value, plain[role], equal_nan=True)
    }
    if not results:
        return {}
    trained = [value for role, value in results.items() if role != "evaluated"]
    values = trained or [*results.values()]
    mark = TRAINED if trained else EVALUATED
    return {mark: Values.of(_turned(values) if case.kind == "layer" else values, simple=False)}


def _turned(values: list[Array]) -> list[Array]:
    """Return the values with what a layer of another orientation has."""
    values = [*values, *(value.reshape(-1) for value in values if value.ndim == 2 and 1 in value.shape)]
    turned = [*values, *(value.T for value in values if value.ndim == 2)]
    rows = [value[None, :] for value in values if value.ndim == 1]
    return [*turned, *rows, *(row.T for row in rows)]


def _values_by_step(
    case: FunctionCase, fit: Fit, variant: Variant | None, inputs: Inputs, mark: int
) -> dict[int, Values]:
    numbers = (value for _, value in fit.params if isinstance(value, float)) if case.is_of_kind else ()
    seen: list[Array] = [np.asarray(value) for value in (*inputs.values(), *numbers)]

    def note(value: Any, text: str) -> None:
        number = None if text.endswith(NAMED) else number_of(value)
        if number is not None:
            seen.append(number)

    classes = inputs.get("y")
    if classes is not None and classes.dtype.kind == "i":
        seen.append(np.eye(inputs["a"].shape[-1])[classes])
    try:
        function = candidates.made(variant, case.kind, fit.reference, note=note)  # type: ignore[arg-type]
        theirs = case.evaluated(fit, function, inputs)
    except (*candidates.REFUSED, KeyError):
        theirs = {}
    seen += theirs.values()
    return {mark: Values.of(_turned(seen) if case.kind == "layer" else seen, signed=False)}
