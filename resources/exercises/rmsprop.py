import numpy as np


def rmsprop(w, g, state, lr=0.01, alpha=0.99, eps=1e-8):
    v = state.get("v", 0)
    v = alpha * v + (1 - alpha) * g * g  # hole
    state["v"] = v
    return w - lr * g / (np.sqrt(v) + eps), state
