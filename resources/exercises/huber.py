import numpy as np

DELTA = 1.0


def huber(a, y):
    e = a - y
    return np.mean(np.where(np.abs(e) < DELTA, 0.5 * e * e, DELTA * (np.abs(e) - 0.5 * DELTA)))  # hole: value


def d_huber(a, y):
    e = a - y
    return np.clip(e, -DELTA, DELTA) / a.size  # hole
