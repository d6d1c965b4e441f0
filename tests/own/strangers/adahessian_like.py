import numpy as np


def squared_momentum(w, g, m, lr=1e-3, beta1=0.9):
    m = beta1 * m + (1 - beta1) * g
    return w - lr * m * np.abs(m), m
