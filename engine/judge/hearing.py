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
    """Torch is asked with small moves, and before it comes to a conviction with more and larger ones."""
    try:
        base = reference_answer(stage, dtype)
        stage = _with_exact_numbers(stage, base)
        lost = [role for role in stage.names if not _is_there(role, stage, base)]
        suspects = _suspects(stage, base, dtype, exact)
        for how in HEARINGS:
            if suspects:
                moved = moved_answers(stage, dtype, how)
                suspects = [one for one in (one.after(base, moved) for one in suspects) if one.wrong.any()]
    except REFUSED:
        return []
    guilty = {one.role: one.named(stage, base, exact is not None) for one in suspects}
    guilty |= {role: _missing(stage, role) for role in lost}
    return [guilty[role] for role in stage.names if role in guilty]


def _is_there(role: str, stage: Stage, base: dict[str, Array]) -> bool:
    return role in base and base[role].shape == stage.results[role].shape


def _missing(stage: Stage, role: str) -> Wrong:
    """What torch does not have, or has in another shape."""
    diy = stage.results[role]
    return Wrong(stage.names[role], (0,) * diy.ndim, float(diy.flat[0]) if diy.size else np.nan, np.nan)


def _with_exact_numbers(stage: Stage, base: dict[str, Array]) -> Stage:
    """Single numbers of an optimizer's state that are the same bits on both sides have no rounding to reckon with."""
    if not isinstance(stage.about, Update):
        return stage
    numbers = [role for role, value in base.items() if not value.ndim and role in stage.results]
    same = all(float(stage.results[role]) == float(base[role]) for role in numbers)
    return stage._replace(about=stage.about._replace(exact_numbers=same))


class _Suspect(NamedTuple):
    """A result, how far DIY's and torch's are from the reference, what is always allowed, and where it is wrong yet."""

    role: str
    diy: Array
    torch: Array
    floor: Array
    diy_finite: Array
    wrong: Array

    def after(self, base: dict[str, Array], moved: dict[str, Array]) -> "_Suspect":
        """What is left of it once torch has been moved; where torch is not finite then, nothing is judged."""
        allowed = spread(base[self.role], moved[self.role])
        with np.errstate(all="ignore"):
            beyond = ~self.diy_finite | (self.diy > FACTOR * (allowed + self.torch + self.floor))
        return self._replace(wrong=self.wrong & np.isfinite(allowed) & beyond)

    def named(self, stage: Stage, base: dict[str, Array], in_own: bool) -> Wrong:
        """The element that is farthest off. In float64, too, what overflows is no mistake of arithmetic."""
        with np.errstate(all="ignore"):
            excess = np.where(self.diy_finite, self.diy / (self.torch + self.floor), np.inf)
        excess = np.where(self.wrong, excess, -1.0)
        index = tuple(int(i) for i in np.unravel_index(int(np.argmax(excess)), excess.shape))
        name = stage.names[self.role]
        if in_own or not self.diy_finite[index]:
            error = float(self.diy[index]) if self.diy_finite[index] else np.inf
            return Wrong(name, index, error, float(self.torch[index]), unstable=True)
        return Wrong(name, index, float(stage.results[self.role][index]), float(base[self.role][index]))


def _suspects(stage: Stage, base: dict[str, Array], dtype: str, exact: dict[str, Array] | None) -> list[_Suspect]:
    """The results that are not within a few units in the last place of their largest term."""
    terms = terms_of(stage, base)
    found: list[_Suspect] = []
    for role in stage.names:
        if not _is_there(role, stage, base):
            continue
        diy, torch = stage.results[role], base[role]
        reference = torch if exact is None else exact[role]
        own, twin = distance(diy, reference), distance(torch, reference)
        allowed = np.broadcast_to(floor(terms[role], dtype), torch.shape)
        finite = np.isfinite(diy)
        with np.errstate(all="ignore"):
            far = ~(finite & (own <= NEAR * (allowed + twin)))
        wrong = np.isfinite(torch) & np.isfinite(reference) & far
        if wrong.any():
            found.append(_Suspect(role, own, twin, allowed, finite, wrong))
    return found
