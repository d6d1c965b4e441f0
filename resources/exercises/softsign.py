import numpy as np


def softsign(z):
    return z / (1 + np.abs(z))  # hole: value


def d_softsign(z, a):
    return 1 / (1 + np.abs(z)) ** 2  # hole
