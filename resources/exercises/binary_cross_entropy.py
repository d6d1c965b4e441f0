import numpy as np


def binary_cross_entropy(a, y):
    ln_a, ln_not_a = np.maximum(np.log(a), -100), np.maximum(np.log1p(-a), -100)
    return -np.mean(y * ln_a + (1 - y) * ln_not_a)  # hole: value


def d_binary_cross_entropy(a, y):
    return (a - y) / np.maximum(a * (1 - a), 1e-12) / a.size  # hole
