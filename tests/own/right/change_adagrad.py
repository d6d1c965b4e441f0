import numpy as np


def adagrad_change(grad, state, lr=0.01, eps=1e-10):
    state["sum"] = state.get("sum", 0) + grad**2
    return lr * grad / (np.sqrt(state["sum"]) + eps), state
