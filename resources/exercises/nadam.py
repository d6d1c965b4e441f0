import numpy as np


def nadam(w, g, state, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8, momentum_decay=0.004):
    t = state.get("t", 0) + 1
    now = beta1 * (1 - 0.5 * 0.96 ** (t * momentum_decay))
    next_one = beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * momentum_decay))
    product = state.get("product", 1.0) * now
    m = beta1 * state.get("m", 0) + (1 - beta1) * g
    v = beta2 * state.get("v", 0) + (1 - beta2) * g * g
    state["t"], state["product"], state["m"], state["v"] = t, product, m, v
    root = np.sqrt(v / (1 - beta2**t)) + eps
    step = next_one / (1 - product * next_one) * m + (1 - now) / (1 - product) * g  # hole
    return w - lr * step / root, state
