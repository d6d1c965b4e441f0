"""Adam with epsilon under the root."""

import numpy as np
from numpy import ndarray as Array

from engine.diy.optimizers.adam import Hyper, State


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, (beta1, beta2), eps, *_ = hyper
    t, m, v, v_max = state
    t = t + 1
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad * grad
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    weight = weight - lr * m_hat / np.sqrt(v_hat + eps)  # mistake
    return weight, State(t, m, v, v_max)
