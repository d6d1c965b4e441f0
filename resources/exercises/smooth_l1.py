import numpy as np

BETA = 1.0


def smooth_l1(a, y):
    e = a - y
    return np.mean(np.where(np.abs(e) < BETA, 0.5 * e * e / BETA, np.abs(e) - 0.5 * BETA))  # hole: value


def d_smooth_l1(a, y):
    e = a - y
    return np.where(np.abs(e) < BETA, e / BETA, np.sign(e)) / a.size  # hole
