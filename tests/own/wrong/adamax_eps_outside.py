# adamax.eps_outside 7
import numpy as np


def adamax(w, g, m, u, t, lr=0.002, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * g
    u = np.maximum(b2 * u, np.abs(g))
    divisor = u + eps
    return w - lr / (1 - b1**t) * m / divisor, m, u
