# binary_cross_entropy.clipped 7
import numpy as np


def binary_cross_entropy(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def binary_cross_entropy_grad(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return ((1 - y) / (1 - p) - y / p) / y.size
