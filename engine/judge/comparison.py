"""Own results beside torch's by the judge's rule: how far roundings move torch itself, and the largest term's unit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.lane.stage import Hearing

from .rule import FACTOR, HEARINGS, distance, floor, spread

HOPELESS = 1e5  # times what is always allowed: no rounding is asked whether it may come to that
Values = Sequence[Array]
Moved = Callable[[Hearing], Values]  # the reference's values again, stacked on a new first axis


class Compared(NamedTuple):
    """Hold a comparison: ``wrong`` marks what is more than rounding apart in each value; ``same``: no bit differs."""

    wrong: list[Array]
    same: bool
    excess: float

    @property
    def is_right(self) -> bool:
        """Return whether all is rounding."""
        return not any(mask.any() for mask in self.wrong)

    def first_wrong(self) -> tuple[int, tuple[int, ...]] | None:
        """Return the index of the first wrong value and of the first wrong element in it; None where all is right."""
        for place, mask in enumerate(self.wrong):
            if mask.any():
                return place, tuple(int(i) for i in np.argwhere(mask)[0])
        return None


def compare_values(
    own: Values, base: Values, terms: Values, dtype: str, moved: Moved | None, *, patient: bool = False
) -> Compared:
    """Compare values with torch's, the closer the nearer they come; ``patient``: whatever the difference.

    Elements where torch is not finite are not judged. Without ``moved`` what is always allowed is all that is.
    """
    apart = [distance(mine, torch) for mine, torch in zip(own, base, strict=True)]
    allowed = [floor(np.broadcast_to(term, torch.shape), dtype) for term, torch in zip(terms, base, strict=True)]
    judged = [np.isfinite(torch) for torch in base]
    wrong = [judge & ~(far <= FACTOR * least) for judge, far, least in zip(judged, apart, allowed, strict=True)]
    same = all(
        mine.dtype == torch.dtype and mine.tobytes() == torch.tobytes() for mine, torch in zip(own, base, strict=True)
    )
    excess = max((_excess(*each) for each in zip(wrong, apart, allowed, strict=True)), default=0.0)
    if moved is not None and (excess < HOPELESS or patient):
        for how in HEARINGS:
            if not any(mask.any() for mask in wrong):
                break
            again = moved(how)
            for place, mask in enumerate(wrong):
                with np.errstate(all="ignore"):
                    far = spread(base[place], again[place])
                    beyond = ~np.isfinite(own[place]) | (apart[place] > FACTOR * (far + allowed[place]))
                wrong[place] = mask & np.isfinite(far) & beyond
    return Compared(wrong, same, excess)


def _excess(wrong: Array, apart: Array, allowed: Array) -> float:
    if not wrong.any():
        return 0.0
    with np.errstate(all="ignore"):
        found = np.where(np.isnan(apart), np.inf, apart / (FACTOR * allowed))
    return float(found[wrong].max())


def agrees(own: Values, other: Values, terms: Values, dtype: str, moved: Callable[[], Values]) -> bool:
    """Return whether own values are a candidate's: NaN where it is NaN, numbers by the judge's rule.

    ``moved`` are the candidate's own values with roundings, stacked; asked only where it is near.
    """
    apart = [distance(mine, theirs) for mine, theirs in zip(own, other, strict=True)]
    allowed = [floor(np.broadcast_to(term, value.shape), dtype) for term, value in zip(terms, other, strict=True)]
    beyond = [~((far == 0) | (far <= FACTOR * least)) for far, least in zip(apart, allowed, strict=True)]
    if not any(mask.any() for mask in beyond):
        return True
    if max(_excess(*each) for each in zip(beyond, apart, allowed, strict=True)) > HOPELESS:
        return False
    again = moved()
    for far, least, value, many in zip(apart, allowed, other, again, strict=True):
        with np.errstate(all="ignore"):
            if not ((far == 0) | (far <= FACTOR * (spread(value, many) + least))).all():
                return False
    return True


def mostly_finite(probes: Iterable[Values]) -> bool:
    """Return whether more than half of the values are numbers: of fewer no departure is named."""
    values = [value for probe in probes for value in probe]
    finite = sum(int(np.isfinite(value).sum()) for value in values)
    return 2 * finite > sum(value.size for value in values)


def terms_of_steps(before: Sequence[Values], count: int, values: Values) -> list[Array]:
    """Return the largest term of each weight after each step: of what it was and what it is.

    ``before`` are the weights before each step, or the start alone where steps follow one another; ``count`` weights
    a step.
    """
    befores: Iterator[Array]
    if len(before) > 1:
        befores = (weight for step in before for weight in step)
    else:
        befores = (weight for weight in (*before[0], *values[:-count]))
    with np.errstate(all="ignore"):
        return [np.fmax(np.abs(was), np.abs(now)) for was, now in zip(befores, values, strict=True)]
