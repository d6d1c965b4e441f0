# adam.correction_without_power 8
import numpy as np


def adam(w, g, m, v, lr=0.001, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g * g
    mhat = m / (1 - b1)
    vhat = v / (1 - b2)
    w = w - lr * mhat / (np.sqrt(vhat) + eps)
    return w, m, v
