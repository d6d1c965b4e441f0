import numpy as np


def adamod(w, g, m, v, s, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    rate = lr / (np.sqrt(v / (1 - beta2**t)) + eps)
    s = 0.999 * s + 0.001 * rate
    return w - np.minimum(rate, s) * m / (1 - beta1**t), m, v, s
