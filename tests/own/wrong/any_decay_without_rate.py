# any.decay_without_rate 13
import numpy as np


def adamw(w, g, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    state.setdefault("t", 0)
    state.setdefault("m", np.zeros_like(w))
    state.setdefault("v", np.zeros_like(w))
    state["t"] += 1
    state["m"] += (1 - beta1) * (g - state["m"])
    state["v"] += (1 - beta2) * (g * g - state["v"])
    root = np.sqrt(state["v"] / (1 - beta2 ** state["t"]))
    w = w - weight_decay * w
    return w - lr * state["m"] / (1 - beta1 ** state["t"]) / (root + eps), state
