import numpy as np


def adan(w, g, state, lr=1e-3, eps=1e-8):
    before = state.get("g", g)
    m = state["m"] = 0.98 * state.get("m", 0) + 0.02 * g
    d = state["d"] = 0.92 * state.get("d", 0) + 0.08 * (g - before)
    n = state["n"] = 0.99 * state.get("n", 0) + 0.01 * (g + 0.92 * (g - before)) ** 2
    state["g"] = g
    return w - lr * (m + 0.92 * d) / (np.sqrt(n) + eps), state
