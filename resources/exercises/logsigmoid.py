import numpy as np


def logsigmoid(z):
    return np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z)))  # hole: value


def d_logsigmoid(z, a):
    return 1 / (1 + np.exp(z))  # hole
