import numpy as np


def adagrad(w, g, state, lr=0.1, eps=1e-10):
    s = state.get("s", 0)
    s = s + g * g  # hole
    state["s"] = s
    return w - lr * g / (np.sqrt(s) + eps), state
