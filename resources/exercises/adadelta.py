import numpy as np


def adadelta(w, g, state, lr=1.0, rho=0.9, eps=1e-6):
    v = rho * state.get("v", 0) + (1 - rho) * g * g
    u = state.get("u", 0)
    delta = np.sqrt(u + eps) / np.sqrt(v + eps) * g  # hole
    u = rho * u + (1 - rho) * delta * delta
    state["v"], state["u"] = v, u
    return w - lr * delta, state
