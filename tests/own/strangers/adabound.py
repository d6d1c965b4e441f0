import numpy as np


def adabound(w, g, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    final = 0.1
    low, high = final * (1 - 1 / (1e-3 * t + 1)), final * (1 + 1 / (1e-3 * t))
    rate = np.clip(lr * np.sqrt(1 - beta2**t) / (1 - beta1**t) / (np.sqrt(v) + eps), low, high)
    return w - rate * m, m, v
