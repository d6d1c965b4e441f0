import numpy as np


def adamax(w, g, state, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * g
    u = state.get("u", 0)
    u = np.maximum(beta2 * u, np.abs(g) + eps)  # hole
    state["t"], state["m"], state["u"] = t, m, u
    return w - lr / (1 - beta1**t) * m / u, state
