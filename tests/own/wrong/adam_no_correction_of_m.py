# adam.no_correction_of_m 9
import numpy as np


def adam(w, g, m, v, t, lr=0.001, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g * g
    v_hat = v / (1 - b2**t)
    return w - lr * m / (np.sqrt(v_hat) + eps), m, v
