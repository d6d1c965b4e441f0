import numpy as np


def nadam(w, g, state, lr=2e-3, beta1=0.9, beta2=0.999, eps=1e-8, momentum_decay=4e-3):
    t = state.get("t", 0) + 1
    mu = beta1 * (1 - 0.5 * 0.96 ** (t * momentum_decay))
    mu_next = beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * momentum_decay))
    product = state.get("product", 1.0) * mu
    m = beta1 * state.get("m", 0) + (1 - beta1) * g
    v = beta2 * state.get("v", 0) + (1 - beta2) * g * g
    bar = mu_next * m / (1 - product * mu_next) + (1 - mu) * g / (1 - product)
    w = w - lr * bar / (np.sqrt(v / (1 - beta2**t)) + eps)
    return w, {"t": t, "product": product, "m": m, "v": v}
