import numpy as np


def adam_moments(w, g, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m, v = state.get("m", 0), state.get("v", 0)
    m = beta1 * m + (1 - beta1) * g  # hole
    v = beta2 * v + (1 - beta2) * g * g  # hole
    state["t"], state["m"], state["v"] = t, m, v
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), state
