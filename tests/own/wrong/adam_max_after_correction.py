# adam.max_after_correction 11
import numpy as np


def amsgrad(w, g, state, lr=0.001, b1=0.9, b2=0.999, eps=1e-8):
    t = state["t"] = state.get("t", 0) + 1
    m = state["m"] = b1 * state.get("m", 0) + (1 - b1) * g
    v = state["v"] = b2 * state.get("v", 0) + (1 - b2) * g * g
    m_hat = m / (1 - b1**t)
    v_hat = v / (1 - b2**t)
    state["max"] = np.maximum(state.get("max", 0), v_hat)
    return w - lr * m_hat / (np.sqrt(state["max"]) + eps), state
