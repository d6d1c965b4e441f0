"""Adafactor that keeps the sum of a row, as the paper does, where torch keeps its mean."""

import numpy as np
from numpy import ndarray as Array

from engine.diy.optimizers.adafactor import Hyper, State, rms


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, beta2_decay, (_, eps2), d, *_ = hyper
    t, R, C, V = state
    axes = (-2, -1) if V is None else (-1,)
    t = t + 1
    beta2 = 1 - t**beta2_decay
    rho = np.minimum(lr, 1 / t**0.5)
    alpha = np.maximum(eps2, rms(weight, axes)) * rho
    if V is None:
        R = beta2 * R + (1 - beta2) * (grad * grad).sum(axis=-1, keepdims=True)  # mistake
        C = beta2 * C + (1 - beta2) * (grad * grad).mean(axis=-2, keepdims=True)
        V_hat = R @ C / R.mean(axis=-2, keepdims=True)
    else:
        V = beta2 * V + (1 - beta2) * (grad * grad)
        V_hat = V
    U = grad / np.sqrt(V_hat)
    U_hat = U / np.maximum(1, rms(U, axes) / d)
    weight = weight - alpha * U_hat
    return weight, State(t, R, C, V)
