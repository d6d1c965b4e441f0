"""L-BFGS whose first guess at the inverse curvature is the curvature."""

import numpy as np
from numpy import ndarray as Array

from engine.diy.optimizers.lbfgs import CURVED, State


def remembered(g: Array, state: State, history_size: int) -> tuple[Array, Array, Array, float | Array]:
    d, alpha, S, Y, rho, H_diag, g_prev, *_ = state
    y = g - g_prev
    s = alpha * d
    curvature = y.T @ s
    if not curvature > CURVED:
        return S, Y, rho, H_diag
    if len(S) == history_size:
        S, Y, rho = S[1:], Y[1:], rho[1:]
    S = np.vstack((S, s))
    Y = np.vstack((Y, y))
    rho = np.append(rho, 1 / curvature)
    H_diag = (y.T @ y) / curvature  # mistake
    return S, Y, rho, H_diag
