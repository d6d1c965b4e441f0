import numpy as np


def relu6(z):
    return np.clip(z, 0, 6)  # hole: value


def d_relu6(z, a):
    return np.where((z > 0) & (z < 6), 1.0, 0.0)  # hole
