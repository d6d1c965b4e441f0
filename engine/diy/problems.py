r"""Functions of two numbers that optimizers are tried on, each beside its gradient.

A point is a matrix of one row, :math:`w = (x\ \ y)`, shaped ``(..., 1, 2)``. ``f(w)`` gives the value :math:`L`, of
shape ``(...)``; ``df(w)`` gives :math:`\partial L/\partial w`, shaped as ``w``. The names of what lies between
(:math:`u`, :math:`v`, :math:`e_1`) are ours, so that each factor of the chain rule has a line.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array


class Problem(NamedTuple):
    """Hold a function and its gradient. ``domain`` (x from, x to, y from, y to) is worth looking at; ``minima`` are its
    lowest points, if any.
    """

    f: Callable[[Array], Array]
    df: Callable[[Array], Array]
    domain: tuple[float, float, float, float]
    minima: tuple[tuple[float, float], ...]


def coordinates(w: Array) -> tuple[Array, Array]:
    return w[..., 0, 0], w[..., 0, 1]


def row(dL_dx: Array, dL_dy: Array) -> Array:
    """Return both as a point's gradient, shaped ``(..., 1, 2)``."""
    both = np.stack((dL_dx, dL_dy), axis=-1)
    return both[..., None, :]


def rosenbrock(w: Array) -> Array:
    r""":math:`L = (1 - x)^2 + 100\,(y - x^2)^2`, lowest at (1, 1) in a long bent valley

    Rosenbrock, "An automatic method for finding the greatest or least value of a function", 1960.
    """
    x, y = coordinates(w)
    u = 1 - x
    v = y - x * x
    return u * u + 100 * (v * v)


def d_rosenbrock(w: Array) -> Array:
    r""":math:`\frac{\partial L}{\partial x} = -2\,(1 - x) - 400\,x\,(y - x^2)`,
    :math:`\frac{\partial L}{\partial y} = 200\,(y - x^2)`
    """
    x, y = coordinates(w)
    u = 1 - x
    v = y - x * x
    dL_du = 2 * u
    dL_dv = 200 * v
    du_dx = -1
    dv_dx = -2 * x
    dL_dx = dL_du * du_dx + dL_dv * dv_dx
    dL_dy = dL_dv
    return row(dL_dx, dL_dy)


def beale(w: Array) -> Array:
    r""":math:`L = (1.5 - x (1 - y))^2 + (2.25 - x (1 - y^2))^2 + (2.625 - x (1 - y^3))^2`, lowest at (3, 0.5)

    Beale, "On an iterative method for finding a local minimum of a function of more than one variable", 1958:
    a plain with steep walls at its corners.
    """
    x, y = coordinates(w)
    e1 = 1.5 - x * (1 - y)
    e2 = 2.25 - x * (1 - y**2)
    e3 = 2.625 - x * (1 - y**3)
    return e1 * e1 + e2 * e2 + e3 * e3


def d_beale(w: Array) -> Array:
    r""":math:`\frac{\partial L}{\partial x} = \sum_{k=1}^3 2\,e_k\,(y^k - 1)`,
    :math:`\frac{\partial L}{\partial y} = \sum_{k=1}^3 2\,e_k\,k\,x\,y^{k-1}`, with :math:`e_k` for the brackets
    """
    x, y = coordinates(w)
    e1 = 1.5 - x * (1 - y)
    e2 = 2.25 - x * (1 - y**2)
    e3 = 2.625 - x * (1 - y**3)
    dL_de1 = 2 * e1
    dL_de2 = 2 * e2
    dL_de3 = 2 * e3
    dL_dx = dL_de1 * (y - 1) + dL_de2 * (y**2 - 1) + dL_de3 * (y**3 - 1)
    dL_dy = dL_de1 * x + dL_de2 * x * (2 * y) + dL_de3 * x * (3 * y**2)
    return row(dL_dx, dL_dy)


def himmelblau(w: Array) -> Array:
    r""":math:`L = (x^2 + y - 11)^2 + (x + y^2 - 7)^2`, equally low at four points, one of them (3, 2)

    Himmelblau, *Applied Nonlinear Programming*, 1972.
    """
    x, y = coordinates(w)
    u = x * x + y - 11
    v = x + y * y - 7
    return u * u + v * v


def d_himmelblau(w: Array) -> Array:
    r""":math:`\frac{\partial L}{\partial x} = 4\,x\,(x^2 + y - 11) + 2\,(x + y^2 - 7)`,
    :math:`\frac{\partial L}{\partial y} = 2\,(x^2 + y - 11) + 4\,y\,(x + y^2 - 7)`
    """
    x, y = coordinates(w)
    u = x * x + y - 11
    v = x + y * y - 7
    dL_du = 2 * u
    dL_dv = 2 * v
    du_dx = 2 * x
    dv_dy = 2 * y
    dL_dx = dL_du * du_dx + dL_dv
    dL_dy = dL_du + dL_dv * dv_dy
    return row(dL_dx, dL_dy)


def saddle(w: Array) -> Array:
    r""":math:`L = x^2 - y^2`: no lowest point, and at (0, 0) a gradient of 0 that is none

    The simplest of the points that hold up an optimizer which starts near their ridge (Dauphin et al., 2014).
    """
    x, y = coordinates(w)
    return x * x - y * y


def d_saddle(w: Array) -> Array:
    r""":math:`\frac{\partial L}{\partial x} = 2\,x`, :math:`\frac{\partial L}{\partial y} = -2\,y`"""
    x, y = coordinates(w)
    dL_dx = 2 * x
    dL_dy = -2 * y
    return row(dL_dx, dL_dy)


def quadratic(w: Array, kappa: float) -> Array:
    r""":math:`L = \frac12 (x^2 + \kappa\,y^2)`, a bowl that is :math:`\kappa` times as curved in y as in x

    :math:`\kappa` is the condition number of its Hessian. Plain descent explodes in y at a rate above
    :math:`2/\kappa`, and below it crawls in x (Nocedal & Wright, *Numerical Optimization*, 2006, chapter 3).
    """
    x, y = coordinates(w)
    return 0.5 * (x * x + kappa * (y * y))


def d_quadratic(w: Array, kappa: float) -> Array:
    r""":math:`\frac{\partial L}{\partial x} = x`, :math:`\frac{\partial L}{\partial y} = \kappa\,y`"""
    x, y = coordinates(w)
    dL_dx = x
    dL_dy = kappa * y
    return row(dL_dx, dL_dy)


HIMMELBLAU_MINIMA = (
    (3.0, 2.0),
    (-2.805118086952745, 3.131312518250573),
    (-3.779310253377747, -3.2831859912861696),
    (3.5844283403304917, -1.8481265269644036),
)

PROBLEMS: dict[str, Callable[[float], Problem]] = {
    "rosenbrock": lambda _: Problem(rosenbrock, d_rosenbrock, (-2.0, 2.0, -1.0, 3.0), ((1.0, 1.0),)),
    "beale": lambda _: Problem(beale, d_beale, (-4.5, 4.5, -4.5, 4.5), ((3.0, 0.5),)),
    "himmelblau": lambda _: Problem(himmelblau, d_himmelblau, (-5.0, 5.0, -5.0, 5.0), HIMMELBLAU_MINIMA),
    "saddle": lambda _: Problem(saddle, d_saddle, (-2.0, 2.0, -2.0, 2.0), ()),
    "quadratic": lambda condition: Problem(
        partial(quadratic, kappa=condition),
        partial(d_quadratic, kappa=condition),
        (-3.0, 3.0, -3.0, 3.0),
        ((0.0, 0.0),),
    ),
}


def problem_of(function: str, condition: float = 10.0) -> Problem:
    """Return the problem of that name; ``condition`` is the quadratic's."""
    return PROBLEMS[function](condition)
