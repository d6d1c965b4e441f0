"""One stage is heard: DIY's results against torch's, in float64 for a mistake, in the run's precision for stability."""

from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.lane import moved_answers, reference_answer
from engine.stage import Stage, Update

from .rule import FACTOR, HEARINGS, NEAR, distance, floor, spread
from .terms import terms_of

Index = tuple[int, ...]

# What torch raises where it has no answer, a division of Python's numbers by 0 say: nothing to hold DIY's against.
REFUSED = (ArithmeticError, RuntimeError, ValueError)


class Wrong(NamedTuple):
    """An element that is more than rounding apart; ``unstable``: right in exact arithmetic.

    ``diy`` and ``torch`` are the values, or, where unstable, the errors.
    """

    name: str
    index: Index  # pyright: ignore[reportIncompatibleMethodOverride]  # nobody calls tuple.index
    diy: float
    torch: float
    unstable: bool = False


def mistaken(stage: Stage) -> list[Wrong]:
    """What of the stage's results in float64 torch cannot come to by rounding, in the stage's order."""
    return _heard(stage, "float64", None)


def unstable(stage: Stage, exact: Stage) -> list[Wrong]:
    """What of the results in float32 is far less exact than torch's, or not finite where torch's always is.

    ``exact`` is the same stage, asked in float64 of the same inputs.
    """
    try:
        return _heard(stage, "float32", reference_answer(exact, "float64"))
    except REFUSED:
        return []


def _heard(stage: Stage, dtype: str, exact: dict[str, Array] | None) -> list[Wrong]:
    try:
        base = reference_answer(stage, dtype)
    except REFUSED:
        return []
    stage = _with_exact_numbers(stage, base)
    suspects = [role for role in stage.names if _is_suspect(role, stage, base, dtype, exact)]
    if not suspects:
        return []
    found = (_convicted(role, stage, base, dtype, exact) for role in suspects)
    return [wrong for wrong in found if wrong is not None]


def _with_exact_numbers(stage: Stage, base: dict[str, Array]) -> Stage:
    """Single numbers of an optimizer's state that are the same bits on both sides have no rounding to reckon with."""
    if not isinstance(stage.about, Update):
        return stage
    numbers = [role for role, value in base.items() if not value.ndim and role in stage.results]
    same = all(float(stage.results[role]) == float(base[role]) for role in numbers)
    return stage._replace(about=stage.about._replace(exact_numbers=same))


class _Apart(NamedTuple):
    """DIY's and torch's distance from the reference, and what is always allowed; by element."""

    diy: Array
    torch: Array
    floor: Array
    judged: Array  # where torch's own answer is finite
    diy_finite: Array


def _apart(role: str, stage: Stage, base: dict[str, Array], dtype: str, exact: dict[str, Array] | None) -> _Apart:
    diy, torch = stage.results[role], base[role]
    reference = torch if exact is None else exact[role]
    terms = np.broadcast_to(floor(terms_of(stage, base)[role], dtype), torch.shape)
    judged = np.isfinite(torch) & np.isfinite(reference)
    return _Apart(distance(diy, reference), distance(torch, reference), terms, judged, np.isfinite(diy))


def _is_suspect(role: str, stage: Stage, base: dict[str, Array], dtype: str, exact: dict[str, Array] | None) -> bool:
    if role not in base or base[role].shape != stage.results[role].shape:
        return True
    apart = _apart(role, stage, base, dtype, exact)
    with np.errstate(all="ignore"):
        near = apart.diy <= NEAR * (apart.floor + apart.torch)
    return bool((apart.judged & ~(near & apart.diy_finite)).any())


def _convicted(
    role: str, stage: Stage, base: dict[str, Array], dtype: str, exact: dict[str, Array] | None
) -> Wrong | None:
    """Torch is asked with small moves, and before it comes to a conviction with more and larger ones."""
    name = stage.names[role]
    diy = stage.results[role]
    if role not in base or base[role].shape != diy.shape:
        return Wrong(name, (0,) * diy.ndim, float(diy.flat[0]) if diy.size else np.nan, np.nan)
    apart = _apart(role, stage, base, dtype, exact)
    wrong = apart.judged
    for how in HEARINGS:
        try:
            moved = moved_answers(stage, dtype, how)[role]
        except REFUSED:
            return None
        allowed = spread(base[role], moved)
        with np.errstate(all="ignore"):
            beyond = ~apart.diy_finite | (apart.diy > FACTOR * (allowed + apart.torch + apart.floor))
        wrong = wrong & np.isfinite(allowed) & beyond
        if not wrong.any():
            return None
    return _named(name, wrong, apart, diy, base[role], exact is not None)


def _named(name: str, wrong: Array, apart: _Apart, diy: Array, torch: Array, in_own: bool) -> Wrong:
    """The element that is farthest off. In float64, too, what overflows is no mistake of arithmetic."""
    with np.errstate(all="ignore"):
        excess = np.where(wrong, np.where(apart.diy_finite, apart.diy / (apart.torch + apart.floor), np.inf), -1.0)
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(excess)), excess.shape))
    if in_own or not apart.diy_finite[index]:
        error = float(apart.diy[index]) if apart.diy_finite[index] else np.inf
        return Wrong(name, index, error, float(apart.torch[index]), unstable=True)
    return Wrong(name, index, float(diy[index]), float(torch[index]))
