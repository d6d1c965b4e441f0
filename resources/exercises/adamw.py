import numpy as np


def adamw(w, g, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * g
    v = beta2 * state.get("v", 0) + (1 - beta2) * g * g
    state["t"], state["m"], state["v"] = t, m, v
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    w = (1 - lr * weight_decay) * w  # hole
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), state
