"""The line of a function or layer that makes it depart from torch's."""

from collections.abc import Mapping, Sequence
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
from .function_case import FAR, SEEDS, Answer, Fit, FunctionCase
from .located import Values, line_of

VALUES = {"activation": "a", "loss": "loss", "layer": "z"}
"""The role of what each kind makes on the way forwards."""

LED_BACK = {"da_dz", "dL_dz", "dL_da", "dL_dx", "dL_dW", "dL_dw", "dL_db"}
"""The roles of what is made on the way back."""


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
        part = _part_that_departs(case, fit, variant, inputs, answer, made)
        both = [_values_by_step(case, fit, one, inputs, mark) for one in (variant, None)]
        parts = (part, made) if part else (made,)
        lines = (line_of(one, both[0] if variant else {}, both[1], 1, outputs) for one in parts)
        return next(filter(None, lines), None)
    return None


def _part_that_departs(
    case: FunctionCase, fit: Fit, variant: Variant | None, inputs: Inputs, answer: Mapping[str, Array], made: list[Made]
) -> list[Made]:
    """Return what was made until the function's value was there, where a variant departs in that; else what after it.

    What it departs in may equal what is made elsewhere. Nothing where it is not known when the value is there.
    """
    role = VALUES[case.kind]
    theirs, plain = ({}, {}) if variant is None else _both(case, fit, variant, inputs)
    if role not in answer or role not in theirs:
        return []
    is_value = [np.array_equal(one.value, answer[role], equal_nan=True) for one in made]
    first = next((place for place, one in enumerate(is_value) if one), len(made))
    departing = {one for one in theirs if one in plain and not np.array_equal(theirs[one], plain[one], equal_nan=True)}
    if departing <= LED_BACK:
        return made[first + 1 :]
    if role not in departing:
        return []
    last = next((place for place in range(first, len(made)) if not is_value[place]), len(made))
    return made[:last] if first < len(made) else []


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
    theirs, plain = _both(case, fit, variant, inputs)
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


def _both(case: FunctionCase, fit: Fit, variant: Variant | None, inputs: Inputs) -> tuple[Answer, Answer]:
    """Return what a variant and what the reference come to; nothing where one of them has no answer."""
    try:
        theirs, plain = (
            case.evaluated(fit, candidates.made(one, case.kind, fit.reference), inputs)  # type: ignore[arg-type]
            for one in (variant, None)
        )
    except (*candidates.REFUSED, KeyError):
        return {}, {}
    return theirs, plain


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
