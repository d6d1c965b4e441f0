import numpy as np


def diffgrad(w, g, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state["t"] = state.get("t", 0) + 1
    m = state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * g
    v = state["v"] = beta2 * state.get("v", 0) + (1 - beta2) * g * g
    friction = 1 / (1 + np.exp(-np.abs(state.get("before", 0) - g)))
    state["before"] = g
    return w - lr * friction * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps), state
