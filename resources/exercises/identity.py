import numpy as np


def identity(z):
    return z


def d_identity(z, a):
    return np.ones_like(z)  # hole
