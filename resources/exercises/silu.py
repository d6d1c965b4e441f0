import numpy as np


def silu(z):
    return z / (1 + np.exp(-z))  # hole: value


def d_silu(z, a):
    s = 1 / (1 + np.exp(-z))
    return s * (1 + z * (1 - s))  # hole
