import numpy as np


def leaky_relu(x, alpha=0.1):
    return np.where(x > 0, x, alpha * x)


def d_leaky_relu(x, alpha=0.1):
    return np.where(x > 0, 1.0, alpha)
