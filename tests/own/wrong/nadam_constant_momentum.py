# nadam.constant_momentum 8
import numpy as np


def nadam(w, g, m, v, t, lr=2e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g * g
    ahead = b1 * m / (1 - b1 ** (t + 1)) + (1 - b1) * g / (1 - b1**t)
    w = w - lr * ahead / (np.sqrt(v / (1 - b2**t)) + eps)
    return w, m, v
