import numpy as np


def huber(pred, target, delta=1.0):
    e = pred - target
    small = np.abs(e) <= delta
    return np.mean(np.where(small, 0.5 * e**2, delta * (np.abs(e) - 0.5 * delta)))


def huber_grad(pred, target, delta=1.0):
    e = pred - target
    return np.where(np.abs(e) <= delta, e, delta * np.sign(e)) / e.size
