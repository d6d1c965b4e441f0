import numpy as np


def tanh(z):
    return np.tanh(z)  # hole: value


def d_tanh(z, a):
    return 1 - a * a  # hole
