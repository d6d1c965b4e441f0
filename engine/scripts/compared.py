"""Two values beside each other: the same bits, rounding, or more than that, and what can then still be said.

Rounding is what torch itself may come to: each element may be as far from torch's as eight times that to which torch's
own moves when each of its operations is moved by roundings, and a unit in its last place. What is so small that parts
of it may have underflowed is not told apart.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.judge.rule import FACTOR, distance

Verdict = Literal["identical", "rounding", "different"]
CLOSE = 1e-5  # relative: of what is said of a difference, not of whether there is one


class Said(NamedTuple):
    """Hold one thing that can be said of a difference: ``what`` and, of a factor or an axis, its number.

    ``equals`` is what the script calls a factor, as Python would write it: empty where that is not known.

    ``factor alone`` is that of its own line where torch's values are put in; ``change`` of how a weight changed.
    """

    what: Literal["factor", "factor alone", "change", "transposed", "not summed", "shape", "not finite"]
    number: float = 0.0
    equals: str = ""


class Compared(NamedTuple):
    """Hold what came of it: of a difference where it is largest in ``index``, with both values."""

    verdict: Verdict
    index: tuple[int, ...] = ()  # pyright: ignore[reportIncompatibleMethodOverride]
    own: float = 0.0
    reference: float = 0.0
    said: tuple[Said, ...] = ()


def compared(own: Array, reference: Array, spread: Array | None, dtype: str, may_lie: bool = False) -> Compared | None:
    """Compare a value with torch's, which rounding moves by ``spread``; None where that is not known.

    ``dtype`` is torch's. ``may_lie``: own weights are laid out the other way round, so what comes of them is too.
    """
    fitted = _fitted(own, reference, may_lie)
    if fitted is None:
        return _of_other_shape(own, reference)
    if fitted.dtype == reference.dtype and _same_bits(fitted, reference):
        return Compared("identical")
    if spread is None:
        return None
    kinds = (str(fitted.dtype), dtype)
    eps = max(map(_eps, kinds))
    wanted = reference.astype(np.float64)
    with np.errstate(all="ignore"):
        apart = distance(fitted, wanted)
        allowed = FACTOR * (spread * (eps / _eps(dtype)) + eps * np.abs(wanted)) + max(map(_edge, kinds))
        judged = np.isfinite(spread) | (np.isfinite(wanted) & ~np.isfinite(fitted.astype(np.float64)))
        wrong = ~(apart <= allowed) & judged
    if not wrong.any():
        return Compared("rounding")
    return _different(fitted, wanted, wrong)


def _different(own: Array, wanted: Array, wrong: Array) -> Compared:
    index = tuple(int(i) for i in np.argwhere(wrong)[0]) if wrong.ndim else ()
    return Compared("different", index, float(own[index]), float(wanted[index]), tuple(_said(own, wanted)))


def _fitted(own: Array, reference: Array, may_lie: bool) -> Array | None:
    """Return the own value in the shape of torch's, but for axes of one; None where it has another."""
    if may_lie and own.ndim == 2 and own.T.shape == reference.shape:
        return own.T
    if own.shape == reference.shape:
        return own
    plain = tuple(size for size in own.shape if size != 1)
    is_same = plain == tuple(size for size in reference.shape if size != 1)
    return own.reshape(reference.shape) if is_same else None


def _of_other_shape(own: Array, reference: Array) -> Compared:
    said = [Said("shape")]
    if own.ndim == 2 and own.T.shape == reference.shape and _near(own.T, reference):
        said.append(Said("transposed"))
    for axis in range(own.ndim):
        if own.sum(axis=axis).size == reference.size and _near(own.sum(axis=axis).reshape(reference.shape), reference):
            said.append(Said("not summed", axis))
            break
    first = float(own.flat[0]) if own.size else np.nan
    return Compared("different", (), first, float(reference.flat[0]) if reference.size else np.nan, tuple(said))


def _said(own: Array, wanted: Array) -> list[Said]:
    if bool((~np.isfinite(own.astype(np.float64)) & np.isfinite(wanted)).any()):
        return [Said("not finite")]
    factor = factor_between(own, wanted)
    if factor is not None:
        return [Said("factor", factor)]
    is_square = own.ndim == 2 and own.shape[0] == own.shape[1] > 1
    return [Said("transposed")] if is_square and _near(own.T, wanted) else []


def factor_between(own: Array, wanted: Array, close: float = CLOSE) -> float | None:
    """Return the number by which all of one are the other's, where there is one, to a relative ``close``."""
    mine, torch = np.ravel(own).astype(np.float64), np.ravel(wanted).astype(np.float64)
    with np.errstate(all="ignore"):
        there = np.abs(torch) > 1e-3 * np.abs(torch).max(initial=0.0)
        if there.sum() < 2:
            return None
        ratios = mine[there] / torch[there]
        factor = float(np.median(ratios))
        is_one = np.isfinite(factor) and factor != 0 and abs(factor - 1) > close
        near = np.abs(mine - factor * torch) <= 10 * close * abs(factor) * np.abs(torch).max()
        return factor if is_one and bool(near.all()) else None


def _near(own: Array, wanted: Array) -> bool:
    with np.errstate(all="ignore"):
        largest = np.abs(wanted.astype(np.float64)).max(initial=0.0)
        return bool((np.abs(own.astype(np.float64) - wanted) <= CLOSE * largest).all())


def _same_bits(own: Array, reference: Array) -> bool:
    return np.ascontiguousarray(own).tobytes() == np.ascontiguousarray(reference).tobytes()


def _edge(dtype: str) -> float:
    """Return below which numbers some on the way may have come to nothing: the smallest over a rounding."""
    kind = np.finfo("float32" if dtype == "bfloat16" else dtype if dtype.startswith("float") else "float64")
    return float(kind.smallest_normal) / float(kind.eps)


def _eps(dtype: str) -> float:
    """Return the unit in the last place of 1; whole numbers are exact."""
    if dtype == "bfloat16":
        return 2.0**-7
    return float(np.finfo(dtype).eps) if dtype.startswith("float") else float(np.finfo("float64").eps)
