"""The person's line that makes a departure: found by value, beside what the reference and the variant come by."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.own.recorder import Made

CLOSE = 1e-12  # relative; between two values that are one in exact arithmetic


class Values(NamedTuple):
    """Hold the values of a step by shape, and what one operation makes of each, for looking one up quickly."""

    by_shape: dict[tuple[int, ...], Array]

    @classmethod
    def of(cls, values: Iterable[Array], rate: float = 1.0, *, signed: bool = True, simple: bool = True) -> "Values":
        """Gather values. ``simple``: with what one operation makes of each; ``signed``: opposites are the same."""
        sorted_out: dict[tuple[int, ...], list[Array]] = {}
        for value in values:
            sorted_out.setdefault(value.shape, []).append(np.asarray(value, np.float64))
        stacked = {shape: np.stack(many) for shape, many in sorted_out.items()}
        if simple:
            stacked = {shape: _with_simple(many, rate, signed) for shape, many in stacked.items()}
        return cls(stacked)

    def has(self, value: Array) -> bool:
        many = self.by_shape.get(value.shape)
        if many is None:
            return False
        with np.errstate(all="ignore"):
            near = (
                (np.abs(many - value) <= CLOSE * np.abs(value)) | (many == value) | (np.isnan(many) & np.isnan(value))
            )
        return bool(near.reshape(len(many), -1).all(axis=1).any())


def _with_simple(values: Array, rate: float, signed: bool) -> Array:
    """Add what others may write for them: squares and roots, opposites, reciprocals, the learning rate beside them."""
    with np.errstate(all="ignore"):
        roots = np.sqrt(np.abs(values))
        both = np.concatenate([values, values * values, roots])
        made = [both, 1 / both, rate * both, rate / both, values / rate]
        return np.concatenate([*made, -both, -rate * both] if signed else made)


ValuesByStep = Mapping[int, Values]  # by step


def line_of(
    made: Sequence[Made], variant: ValuesByStep, reference: ValuesByStep, first_step: int, outputs: ValuesByStep
) -> int | None:
    """Find the first line whose value is among the variant's and not the reference's, at each step from
    ``first_step``.

    Where there is none: the first that makes a result in which the variant departs (what is left out leaves no other
    trace); else the first whose value is not among the reference's.
    """
    nothing: ValuesByStep = {step: Values({}) for step in reference}
    if later := [step for step in outputs if step >= first_step]:  # before it departs there is nothing to find
        reference = {step: values for step, values in reference.items() if step in later}
    return (
        _first(made, variant, reference, first_step)
        or _first(made, outputs, nothing, first_step)
        or _first(made, None, reference, first_step)
    )


def _first(made: Sequence[Made], variant: ValuesByStep | None, reference: ValuesByStep, first_step: int) -> int | None:
    order: list[tuple[int, str]] = []
    told: dict[tuple[int, str], dict[int, bool]] = {}
    departed: set[bytes] = set()  # values that departed at an earlier step: handed on they are no news
    under_way: set[bytes] = set()
    mark = 0
    for one in made:
        if one.mark != mark:
            departed, under_way, mark = departed | under_way, set(), one.mark
        if _says_nothing(one.value) or one.mark not in reference:
            continue
        value = np.asarray(one.value, np.float64)
        key = value.tobytes()
        departs = not reference[one.mark].has(value)
        if departs and variant is not None:
            departs = one.mark in variant and variant[one.mark].has(value)
        if departs:
            under_way.add(key)
        if one.mark < first_step or key in departed:
            continue
        place = (one.line, one.name)
        steps = told.setdefault(place, {})
        if not steps:
            order.append(place)
        steps[one.mark] = steps.get(one.mark, False) or departs
    most = max((len(steps) for steps in told.values()), default=0)
    fitting = (place for place in order if all(told[place].values()) and len(told[place]) * 2 > most)
    return next((line for line, _ in fitting), None)


def _says_nothing(value: Array) -> bool:
    """Return whether a value says nothing: whole numbers alone are counts, and what is 0 everywhere is anything's."""
    if value.ndim == 0:
        return not np.isfinite(value) or float(value) == int(value)
    return not np.any(value)
