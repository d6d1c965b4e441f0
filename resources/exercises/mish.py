import numpy as np


def mish(z):
    return z * np.tanh(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))  # hole: value


def d_mish(z, a):
    t = np.tanh(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))
    s = 1 / (1 + np.exp(-z))
    return t + z * (1 - t * t) * s  # hole
