"""Which part of a plane is shown, where nobody chose it."""

import numpy as np
from numpy import ndarray as Array

from engine.protocol import MainPlane, Plane, RandomPlane

MARGIN = 0.15  # of the paths' width, free on each side
USUAL = (0.02, 0.98)  # the shares of points between which the picture's size is taken
LEAST_WEIGHT = 0.5  # on each side of a weight, whose own size that usually is
LEAST_RATIO = 0.25  # of the narrower main direction to the wider
LEAST_MAIN = 1e-3  # of all weights' length: below it, the surface would be rounding

Extent = tuple[float, float, float, float]


def around_paths(plane: Plane, x: Array, y: Array, length: float) -> Extent:
    """Return the extent around the paths' points on a plane, with a margin, in the plane's own units.

    A few points that are far off all others are no reason to make the others small: those lie outside. ``x`` and ``y``:
    the points' coordinates, (P,). ``length``: the length of all weights at the start.
    """
    low, high = (np.array(side) for side in zip(usual_range(x), usual_range(y), strict=True))
    if isinstance(plane, RandomPlane):  # its unit is the length of the origin's own weights
        low, high = np.minimum(low, -1), np.maximum(high, 1)
    center, half = (low + high) / 2, (high - low) * (0.5 + MARGIN)
    if isinstance(plane, MainPlane):
        half = np.maximum(half, max(half.max() * LEAST_RATIO, LEAST_MAIN * (length or 1)))
    else:
        half = np.maximum(half, LEAST_WEIGHT)
    (x_from, y_from), (x_to, y_to) = (center - half).tolist(), (center + half).tolist()
    return x_from, x_to, y_from, y_to


def usual_range(places: Array) -> tuple[float, float]:
    """Return the least and the greatest of all values that are no farther off the usual ones than these are spread."""
    low, high = np.quantile(places, USUAL)
    near = places[(places >= low - (high - low)) & (places <= high + (high - low))]
    return float(near.min()), float(near.max())


def around_domain(domain: Extent, x: Array, y: Array) -> Extent:
    """Return a test function's domain, widened to the paths as far as they stay within thrice its size."""
    x_from, x_to, y_from, y_to = domain
    return *widened(x_from, x_to, x), *widened(y_from, y_to, y)


def widened(low: float, high: float, places: Array) -> tuple[float, float]:
    """Return a side's ends, moved out to the points no farther off than the side is long, with a margin there."""
    size = high - low
    near = places[(places >= low - size) & (places <= high + size)]
    least, greatest = near.min(initial=low), near.max(initial=high)
    margin = MARGIN * (greatest - least)
    return float(least - margin * (least < low)), float(greatest + margin * (greatest > high))


def is_drawable(extent: Extent) -> bool:
    """Return whether both sides have ends, and a width, that are finite numbers."""
    x_from, x_to, y_from, y_to = extent
    return bool(np.isfinite([x_to - x_from, y_to - y_from]).all())


def in_order(extent: Extent) -> Extent:
    """Return the extent with each side from less to more, and never of no width."""
    x_from, x_to, y_from, y_to = extent
    return *apart(x_from, x_to), *apart(y_from, y_to)


def apart(one: float, other: float) -> tuple[float, float]:
    """Return both numbers from less to more, moved apart by a millionth where they are one."""
    low, high = min(one, other), max(one, other)
    room = 0.0 if low < high else abs(low) * 1e-6 or 1e-6
    return low - room, high + room
