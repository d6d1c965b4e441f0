r"""A line search for a step length that meets the strong Wolfe conditions.

Of the steps :math:`\alpha` along a direction :math:`d` in which the loss
:math:`\phi(\alpha) = L(w + \alpha d)` falls, one is wanted after which it is lower and its slope flatter:

.. math::
    \phi(\alpha) \leq \phi(0) + c_1\, \alpha\, \phi'(0), \qquad |\phi'(\alpha)| \leq c_2\, |\phi'(0)|

Nocedal & Wright, "Numerical optimization", 2006, Algorithms 3.5 (find an interval that holds such a step) and 3.6
(zoom into it), with the minimum of a cubic as the next one to try, formula (3.59). Where torch departs from the
book: a step is lengthened to 10 times at the most, one that lies next to an end of the interval twice in a row is
moved off by a tenth of it, and the search gives up after so many tries, or within an interval that moves no
weight by 1e-9, with the best end that it has.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

C1, C2 = 1e-4, 0.9  # how much of the slope the loss must fall by, how much of it may remain
NARROW = 1e-9

Evaluate = Callable[[Array], tuple[Array, Array]]  # the loss and its gradient at some weights


class Point(NamedTuple):
    """Hold a step that was tried, the loss there, its slope along the direction, and its gradient."""

    alpha: float
    phi: float
    slope: float
    g: Array


Ends = tuple[Point, Point]


class Line(NamedTuple):
    """Evaluate the loss along the direction ``d`` from the weights ``w``."""

    evaluate: Evaluate
    w: Array
    d: Array

    def at(self, alpha: float) -> Point:
        w, d = self.w, self.d
        tried = w + alpha * d
        L, g = self.evaluate(tried)
        slope: Any = g.T @ d
        return Point(alpha, float(L), slope, g)


def strong_wolfe(line: Line, start: Point, alpha: float, most: int) -> tuple[Point, int]:
    """Return the step found, and how many more than ``alpha`` were tried: up to ``most``."""
    ends, tries, found = bracket(line, start, alpha, most)
    return (ends[1], tries) if found else zoom(line, start, ends, tries, most)


def bracket(line: Line, start: Point, alpha: float, most: int) -> tuple[Ends, int, bool]:
    """Lengthen the step until two of those tried hold one that will do between them, or the last one does."""
    old, new = start, line.at(alpha)
    for tries in range(most):
        if is_high(start, new) or (tries > 1 and new.phi >= old.phi):
            return (old, new), tries, False
        if is_flat(start, new):
            return (old, new), tries, True
        if new.slope >= 0:
            return (old, new), tries, False
        alpha1, alpha2 = old.alpha, new.alpha
        shortest = alpha2 + 0.01 * (alpha2 - alpha1)
        longest = 10 * alpha2
        alpha = lowest_of_cubic(old, new, shortest, longest)
        old, new = new, line.at(alpha)
    return (start, new), most, False


def zoom(line: Line, start: Point, ends: Ends, tries: int, most: int) -> tuple[Point, int]:
    """Narrow the interval down; its lower end is the best step so far."""
    low, is_near = lower(ends), False
    farthest = np.max(np.abs(line.d))
    while tries < most:
        left, right = sorted((ends[0].alpha, ends[1].alpha))
        if (right - left) * farthest < NARROW:
            break
        alpha, is_near = off_the_ends(lowest_of_cubic(*ends, left, right), left, right, is_near)
        new = line.at(alpha)
        tries = tries + 1
        if is_high(start, new) or new.phi >= ends[low].phi:
            ends = (ends[0], new) if low == 0 else (new, ends[1])
            low = lower(ends)
            continue
        if is_flat(start, new):
            return new, tries
        high = ends[1] if low == 0 else ends[0]
        alpha_low, alpha_high, slope = ends[low].alpha, high.alpha, new.slope
        rises = slope * (alpha_high - alpha_low) >= 0  # towards the higher end: the lowest point is on the other side
        high = ends[low] if rises else high
        ends = (new, high) if low == 0 else (high, new)
    return ends[low], tries


def is_high(start: Point, new: Point) -> bool:
    """Tell whether the loss has not fallen by enough: Armijo's condition is not met."""
    phi0, slope0 = start.phi, start.slope
    phi, alpha = new.phi, new.alpha
    return phi > phi0 + C1 * alpha * slope0


def is_flat(start: Point, new: Point) -> bool:
    """Tell whether little of the slope remains: the curvature condition."""
    slope0, slope = start.slope, new.slope
    return abs(slope) <= -C2 * slope0


def lower(ends: Ends) -> int:
    phi1, phi2 = ends[0].phi, ends[1].phi
    return 0 if phi1 <= phi2 else 1


def lowest_of_cubic(one: Point, other: Point, shortest: float, longest: float) -> float:
    """Find where the cubic through both points, with their slopes, has its minimum; the midst where it has none."""
    left, right = (one, other) if one.alpha <= other.alpha else (other, one)
    alpha1, phi1, slope1, _ = left
    alpha2, phi2, slope2, _ = right
    d1 = slope1 + slope2 - 3 * (phi1 - phi2) / (alpha1 - alpha2)
    square = d1**2 - slope1 * slope2
    if not square >= 0:
        return (shortest + longest) / 2
    d2 = np.sqrt(square)
    alpha = alpha2 - (alpha2 - alpha1) * ((slope2 + d2 - d1) / (slope2 - slope1 + 2 * d2))
    return min(max(alpha, shortest), longest)


def off_the_ends(alpha: float, left: float, right: float, was_near: bool) -> tuple[float, bool]:
    """Move the step off an end where it came next to one twice, and tell whether it is next to one now."""
    margin = 0.1 * (right - left)
    if not min(right - alpha, alpha - left) < margin:
        return alpha, False
    if not was_near and left < alpha < right:
        return alpha, True
    if abs(alpha - right) < abs(alpha - left):
        return right - margin, False
    return left + margin, False
