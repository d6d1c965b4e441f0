"""The functions of two numbers as torch has to differentiate them: values alone, autograd does the rest."""

from collections.abc import Callable

from torch import Tensor


def _rosenbrock(w: Tensor, _: float) -> Tensor:
    x, y = w[0, 0], w[0, 1]
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def _beale(w: Tensor, _: float) -> Tensor:
    x, y = w[0, 0], w[0, 1]
    return (1.5 - x * (1 - y)) ** 2 + (2.25 - x * (1 - y**2)) ** 2 + (2.625 - x * (1 - y**3)) ** 2


def _himmelblau(w: Tensor, _: float) -> Tensor:
    x, y = w[0, 0], w[0, 1]
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def _saddle(w: Tensor, _: float) -> Tensor:
    x, y = w[0, 0], w[0, 1]
    return x**2 - y**2


def _quadratic(w: Tensor, condition: float) -> Tensor:
    x, y = w[0, 0], w[0, 1]
    return 0.5 * (x * x + condition * (y * y))


# Of the point, shaped (1, 2), and the quadratic's condition number.
FUNCTIONS: dict[str, Callable[[Tensor, float], Tensor]] = {
    "rosenbrock": _rosenbrock,
    "beale": _beale,
    "himmelblau": _himmelblau,
    "saddle": _saddle,
    "quadratic": _quadratic,
}
