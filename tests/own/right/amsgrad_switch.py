import numpy as np


def adam(x, grad, state, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-8, amsgrad=False):
    state["step"] = state.get("step", 0) + 1
    state["m"] = beta_1 * state.get("m", 0.0) + (1.0 - beta_1) * grad
    state["v"] = beta_2 * state.get("v", 0.0) + (1.0 - beta_2) * grad * grad
    v = state["v"]
    if amsgrad:
        v = state["vmax"] = np.maximum(state.get("vmax", 0.0), v)
    corrected = np.sqrt(v) / np.sqrt(1.0 - beta_2 ** state["step"])
    x = x - learning_rate / (1.0 - beta_1 ** state["step"]) * state["m"] / (corrected + epsilon)
    return x, state
