import numpy as np


def mish(z):
    return z * np.tanh(np.log1p(np.exp(z)))


def mish_prime(z):
    s = 1 / (1 + np.exp(-z))
    t = np.tanh(np.log1p(np.exp(z)))
    return t + z * (1 - t * t) * s
