"""Functions of two numbers, and their gradients."""

from typing import Any

from engine.diy.problems import coordinates, row

from . import instead_of

FILE = "problems.py"


@instead_of(FILE, "rosenbrock", "rosenbrock")
def rosenbrock_by_powers(w: Any) -> Any:
    x, y = coordinates(w)
    return 100 * (y - x**2) ** 2 + (1 - x) ** 2


@instead_of(FILE, "d_rosenbrock", "rosenbrock")
def d_rosenbrock_by_its_formula(w: Any) -> Any:
    x, y = coordinates(w)
    return row(2 * (x - 1) + 400 * x * (x * x - y), 200 * y - 200 * x * x)


@instead_of(FILE, "d_beale", "beale")
def d_beale_by_its_formula(w: Any) -> Any:
    x, y = coordinates(w)
    e1, e2, e3 = x * y - (x - 1.5), x * y * y - (x - 2.25), x * y * y * y - (x - 2.625)
    dL_dx = 2 * (e3 * (y**3 - 1) + e2 * (y**2 - 1) + e1 * (y - 1))
    dL_dy = 2 * x * (e1 + 2 * e2 * y + 3 * e3 * y * y)
    return row(dL_dx, dL_dy)


@instead_of(FILE, "d_himmelblau", "himmelblau")
def d_himmelblau_by_its_formula(w: Any) -> Any:
    x, y = coordinates(w)
    u, v = y - 11 + x * x, x - 7 + y * y
    return row(2 * v + 4 * x * u, 2 * u + 4 * y * v)


@instead_of(FILE, "saddle", "saddle")
def saddle_by_factors(w: Any) -> Any:
    x, y = coordinates(w)
    return (x - y) * (x + y)


@instead_of(FILE, "quadratic", "quadratic")
def quadratic_term_by_term(w: Any, kappa: float) -> Any:
    x, y = coordinates(w)
    return x * x / 2 + kappa / 2 * (y * y)
