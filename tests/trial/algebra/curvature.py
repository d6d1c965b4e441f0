"""Muon's averages, and the products of L-BFGS."""

from typing import Any

import numpy as np

from . import instead_of

LBFGS = "optimizers/lbfgs.py"


@instead_of("optimizers/muon.py", "between", "Muon 0", "Muon 1", "Muon 3", "Muon square")
def between_by_shares(one: Any, other: Any, share: float) -> Any:
    return (1 - share) * one + share * other


@instead_of(LBFGS, "two_loops", "LBFGS", "rosenbrock LBFGS", "quadratic LBFGS")
def two_loops_by_sums(g: Any, S: Any, Y: Any, rho: Any, H_diag: Any) -> Any:
    q, alphas = -g, np.zeros(len(S), g.dtype)
    for i in range(len(S) - 1, -1, -1):
        alphas[i] = rho[i] * np.sum(S[i] * q)
        q = q - alphas[i] * Y[i]
    r = q * H_diag
    for i in range(len(S)):
        r = r + S[i] * (alphas[i] - rho[i] * np.sum(Y[i] * r))
    return r


@instead_of("line_search.py", "lowest_of_cubic", "LBFGS", "rosenbrock LBFGS", "himmelblau LBFGS")
def lowest_of_cubic_from_the_left(one: Any, other: Any, shortest: float, longest: float) -> Any:
    left, right = (one, other) if one.alpha <= other.alpha else (other, one)
    alpha1, phi1, slope1, _ = left
    alpha2, phi2, slope2, _ = right
    d1 = slope1 + slope2 - 3 * ((phi2 - phi1) / (alpha2 - alpha1))
    square = d1 * d1 - slope1 * slope2
    if not square >= 0:
        return 0.5 * shortest + 0.5 * longest
    d2 = np.sqrt(square)
    share = (slope2 - d1 + d2) / (2 * d2 + (slope2 - slope1))
    return np.minimum(np.maximum(alpha2 - share * (alpha2 - alpha1), shortest), longest)
