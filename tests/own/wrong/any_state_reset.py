# any.state_reset 9
import numpy as np


def adam(param, grad, lr=0.001, b1=0.9, b2=0.999, eps=1e-8):
    m, v, t = np.zeros_like(param), np.zeros_like(param), 1
    m = b1 * m + (1 - b1) * grad
    v = b2 * v + (1 - b2) * grad**2
    return param - lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps)
