r"""What an optimizer made of a gradient: the change of one weight, in parts that add up to it exactly.

The parts lead from the bare gradient step, :math:`-\gamma\,\partial L/\partial w`, to the change that was made, one
device of the optimizer after the other. Each is computed in float64 from recorded numbers. What they fall short
of the recorded change is the rounding of the step itself, and is the last part.

An optimizer's file here is called as its own in ``engine/diy/optimizers``, and has ``parts(change) -> Iterator[Part]``.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from math import fsum, isfinite, nan

import numpy as np

from engine.diy.optimizers import OPTIMIZERS

from . import unknown
from .change import Change, Part

CLIPPING = r"{sign}\gamma\,\left(\tilde{{g}} - \frac{{\partial L}}{{\partial w}}\right)"
ROUNDING = r"\Delta w - \sum"


def update_parts(optimizer: str, change: Change) -> list[Part]:
    """Return the parts of the change; ``math.fsum`` of their values is ``change.delta``.

    An optimizer without a file has its gradient step and all the rest in one. NaN where anything is not finite.
    """
    with np.errstate(all="ignore"):
        parts = [*_with_clipping(_parts_of(optimizer, change), change)]
    values = [float(part.value) for part in parts]
    missing = _missing(values, change.delta)
    if not missing:
        values, missing = [nan] * len(values), [nan]
    whole = [part._replace(value=value) for part, value in zip(parts, values, strict=True)]
    return [*whole, *(Part("rounding", ROUNDING, value) for value in missing)]


def has_parts(optimizer: str) -> bool:
    """Tell whether a file here knows what the optimizer's change is made of."""
    return optimizer in OPTIMIZERS and find_spec(f"{__name__}.{OPTIMIZERS.file(optimizer)}") is not None


def _parts_of(optimizer: str, change: Change) -> Iterator[Part]:
    """By the file here, or else by the optimizer's own, or else as of any optimizer."""
    if has_parts(optimizer):
        return import_module(f"{__name__}.{OPTIMIZERS.file(optimizer)}").parts(change)
    own = getattr(OPTIMIZERS.get(optimizer), "parts", None)
    return unknown.parts(change) if own is None else (Part(*part) for part in own(change))


def _with_clipping(parts: Iterator[Part], change: Change) -> Iterator[Part]:
    """Yield the step by the gradient as it was, and apart from it what clipping made of that."""
    for part in parts:
        if part.kind != "gradient" or change.raw is None:
            yield part
            continue
        bare = change._replace(grad=change.raw).gradient_step()
        yield bare
        yield Part("clipping", CLIPPING.format(sign="" if change.uphill else "-"), part.value - bare.value)


def _missing(values: Sequence[float], total: float) -> list[float]:
    """Return what must be added to the values so that they sum up to the total; none where no number can.

    One number, but where parts cancel so far that it has more digits than a float: then its digits in two or more.
    """
    if not all(map(isfinite, [*values, total])):
        return []
    missing: list[float] = []
    try:
        left = Fraction(total) - sum(map(Fraction, values))
        while not missing or fsum([*values, *missing]) != total:
            missing.append(float(left))
            left -= Fraction(missing[-1])
    except OverflowError:
        return []
    return missing


__all__ = ["Change", "Part", "has_parts", "update_parts"]
