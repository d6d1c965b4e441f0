# adamax.no_bias_correction 8
import numpy as np


def adamax(w, g, m, u, lr=0.002, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * g
    u = np.maximum(b2 * u, np.abs(g) + eps)
    w = w - lr * m / u
    return w, m, u
