r"""Data for a first try: points in classes, or numbers to follow, made by a formula from a seed. Plain NumPy.

What is made is ordinary data; nothing remembers how. Draws are ``numpy.random.default_rng(seed)``'s, in the order in
which the formulas name them: the same rows, noise and seed make the same data. Rows of two classes take turns, so that
a batch has both, and numbers are rounded to four decimals, as a person would type them.

In the formulas :math:`u` is drawn evenly from [0, 1), and :math:`\varepsilon` from the normal distribution whose
standard deviation is the noise, for every number by itself: of classes it moves the inputs, of numbers the target.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array
from numpy.random import Generator

from .definitions import Target

DECIMALS = 4
MOST_MADE = 100_000  # rows
MOST_NOISE = 10.0
TURNS = 1.25  # of a spiral's arm
RINGS = ((0.0, 0.5), (0.7, 1.0))  # the radii of the circle's two classes

Points = tuple[Array, Array]  # x (rows, inputs), and y: classes (rows,) or numbers (rows, 1)


class MadeData(NamedTuple):
    """Hold inputs ``x`` (rows, inputs) and targets ``y``: class numbers (rows,) or numbers (rows, outputs)."""

    x: Array
    y: Array


class Maker(NamedTuple):
    """Describe a maker: what its targets are, the noise that suits it, and the function that makes the data."""

    target: Target
    noise: float
    make: Callable[[Generator, int, float], Points]


def circle(rng: Generator, rows: int, noise: float) -> Points:
    r"""Make a disc of one class within a ring of the other.

    :math:`x = r\,(\cos\varphi, \sin\varphi) + \varepsilon`, :math:`\varphi = 2\pi u`, and
    :math:`r = \sqrt{a^2 + u\,(b^2 - a^2)}`, evenly over the area from radius a to b: 0 to 0.5 (class 1), 0.7 to 1 (0).
    """
    y = _turns(rows)
    angle, share = 2 * np.pi * rng.random(rows), rng.random(rows)
    low, high = np.array(RINGS)[1 - y].T
    radius = np.sqrt(low**2 + share * (high**2 - low**2))
    return _around(radius, angle) + rng.normal(0, noise, (rows, 2)), y


def exclusive_or(rng: Generator, rows: int, noise: float) -> Points:
    r"""Make four corners, of which those across from each other are of one class.

    :math:`|x_j| = 0.1 + 0.9\,u`, the signs in turn ++, +−, −−, −+; :math:`y = [x_1 x_2 < 0]`; then
    :math:`x + \varepsilon`.
    """
    signs = np.array([(1, 1), (1, -1), (-1, -1), (-1, 1)])[np.arange(rows) % 4]
    x = signs * (0.1 + 0.9 * rng.random((rows, 2)))
    return x + rng.normal(0, noise, (rows, 2)), (x.prod(axis=1) < 0).astype(np.int64)


def two_moons(rng: Generator, rows: int, noise: float) -> Points:
    r"""Make two half circles that reach into each other.

    :math:`x = (\cos t, \sin t) + \varepsilon` (class 0) and :math:`x = (1 - \cos t, \tfrac12 - \sin t) + \varepsilon`
    (class 1), :math:`t = \pi u`.
    """
    y, t = _turns(rows), np.pi * rng.random(rows)
    upper = np.column_stack((np.cos(t), np.sin(t)))
    lower = np.column_stack((1 - np.cos(t), 0.5 - np.sin(t)))
    return np.where(y[:, None] == 0, upper, lower) + rng.normal(0, noise, (rows, 2)), y


def spiral(rng: Generator, rows: int, noise: float) -> Points:
    r"""Make two arms of a spiral, wound around each other.

    :math:`x = t\,(\cos\varphi, \sin\varphi) + \varepsilon`, :math:`\varphi = 2\pi \cdot 1.25\,t + \pi y`,
    :math:`t = \sqrt{u}`, so that points are about as dense outside as inside.
    """
    y, t = _turns(rows), np.sqrt(rng.random(rows))
    return _around(t, 2 * np.pi * TURNS * t + np.pi * y) + rng.normal(0, noise, (rows, 2)), y


def gaussians(rng: Generator, rows: int, noise: float) -> Points:
    r"""Make two clouds, whose width is the noise.

    :math:`x = (\tfrac12, \tfrac12) + \varepsilon` (class 1) and :math:`x = (-\tfrac12, -\tfrac12) + \varepsilon`
    (class 0).
    """
    y = _turns(rows)
    return (y - 0.5)[:, None] + rng.normal(0, noise, (rows, 2)), y


def sine(rng: Generator, rows: int, noise: float) -> Points:
    r"""Make a wave over one input: :math:`y = \sin x + \varepsilon`, x evenly spaced from −π to π."""
    x = np.linspace(-np.pi, np.pi, rows)[:, None]
    return x, np.sin(x) + rng.normal(0, noise, (rows, 1))


def plane(rng: Generator, rows: int, noise: float) -> Points:
    r"""Make a tilted plane over two inputs: :math:`y = x_1 - \tfrac12 x_2 + \varepsilon`, :math:`x_j = 2u - 1`."""
    x = 2 * rng.random((rows, 2)) - 1
    return x, x[:, :1] - 0.5 * x[:, 1:] + rng.normal(0, noise, (rows, 1))


MAKERS: dict[str, Maker] = {
    "circle": Maker("classes", 0.05, circle),
    "exclusive_or": Maker("classes", 0.05, exclusive_or),
    "two_moons": Maker("classes", 0.1, two_moons),
    "spiral": Maker("classes", 0.02, spiral),
    "gaussians": Maker("classes", 0.3, gaussians),
    "sine": Maker("numbers", 0.05, sine),
    "plane": Maker("numbers", 0.05, plane),
}


def make_data(name: str, rows: int, noise: float, seed: int) -> MadeData:
    """Make ``rows`` rows of the maker ``name``. Raises KeyError where there is none of that name."""
    x, y = MAKERS[name].make(np.random.default_rng(seed), rows, noise)
    return MadeData(*(part if part.dtype == np.int64 else np.round(part, DECIMALS) + 0.0 for part in (x, y)))


def _turns(rows: int) -> Array:
    """Return 0 and 1 in turn."""
    return np.arange(rows) % 2


def _around(radius: Array, angle: Array) -> Array:
    return radius[:, None] * np.column_stack((np.cos(angle), np.sin(angle)))
