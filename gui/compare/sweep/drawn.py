"""A sweep's numbers as they are drawn: places on the axes, losses on their scale, colours of a map."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Spread, SweepAxis

LEVELS = 255
NOTHING = LEVELS  # the colour table's last place: transparent
MOST_COLUMNS = 400  # of a line: a plot is hardly wider in points, and a dense line is slow to draw
DECADES = 12  # that a map's colours tell apart


class Scale(NamedTuple):
    """Say from where to where losses reach, as they are drawn: ``is_log`` as their logarithms."""

    low: float
    high: float
    is_log: bool

    def drawn(self, losses: Array) -> Array:
        if not self.is_log:
            return losses
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log10(losses)


def places(axis: SweepAxis) -> Array:
    """Return where the values stand on their axis."""
    values = np.asarray(axis.values, float)
    return np.log10(values) if axis.log else values


def scale_of(losses: Sequence[Array], wants_log: bool) -> Scale | None:
    """Return the scale of all these losses; logarithms are for losses above 0. None where there is nothing to draw."""
    found = np.concatenate([np.ravel(part) for part in losses])
    found = found[np.isfinite(found)]
    if not len(found):
        return None
    is_log = wants_log and bool(found.min() > 0)
    ends = Scale(float(found.min()), float(found.max()), is_log)
    low, high = (float(end) for end in ends.drawn(np.array(ends[:2])))
    if low == high:
        low, high = low - 0.5, high + 0.5
    return Scale(low, high, is_log)


def levels(losses: Array, scale: Scale) -> Array:
    """Return the index in the colour table of each loss; the lowest losses have the last colour."""
    low = max(scale.low, scale.high - DECADES) if scale.is_log else scale.low
    share = (scale.high - scale.drawn(losses)) / (scale.high - low)
    found = np.full(losses.shape, NOTHING, np.uint8)
    there = np.isfinite(losses)
    found[there] = np.rint(np.clip(share[there], 0, 1) * (LEVELS - 1)).astype(np.uint8)
    return found


def nearest(axis: SweepAxis, place: float) -> int:
    """Return the index of the value that stands nearest to a place."""
    return int(np.argmin(np.abs(places(axis) - place)))


def cell_size(axis: SweepAxis) -> float:
    """Return how far apart two values stand; values are equally far apart."""
    found = places(axis)
    return float(found[-1] - found[0]) / (len(found) - 1) if len(found) > 1 else 1.0


def stretches(there: Array) -> list[slice]:
    """Find where values follow each other without a gap: a band is drawn along each stretch."""
    marks = np.flatnonzero(np.diff(np.concatenate([[False], there, [False]]).astype(int)))
    return [slice(int(first), int(last)) for first, last in marks.reshape(-1, 2)]


class Line(NamedTuple):
    """Hold what is drawn over one hyperparameter, thinned: of a column of many values ends and extremes remain."""

    x: Array
    y: Array
    band_x: Array
    low: Array
    high: Array
    lost: Array  # where something diverged


def line_of(axis: SweepAxis, spread: Spread, scale: Scale) -> Line:
    x, lost = places(axis), spread.diverged[:, 0] > 0
    y, low, high = (scale.drawn(losses[:, 0]) for losses in (spread.median, spread.low, spread.high))
    if len(x) <= 2 * MOST_COLUMNS:
        return Line(x, y, x, low, high, x[lost])
    starts = np.linspace(0, len(x), MOST_COLUMNS, endpoint=False).astype(int)
    least, most = np.fmin.reduceat(y, starts), np.fmax.reduceat(y, starts)
    return Line(
        np.repeat(x[starts], 2),
        np.stack([least, most], axis=-1).ravel(),
        x[starts],
        np.fmin.reduceat(low, starts),
        np.fmax.reduceat(high, starts),
        x[starts][np.logical_or.reduceat(lost, starts)],
    )
