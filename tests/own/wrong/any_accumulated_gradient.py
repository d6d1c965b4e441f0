# any.accumulated_gradient 9
import numpy as np


def sgd(w, g, state, lr=0.1):
    total = state.get("total")
    if total is None:
        total = np.zeros_like(g)
    total = total + g
    state["total"] = total
    return w - lr * total, state
