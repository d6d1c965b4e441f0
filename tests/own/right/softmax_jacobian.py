import numpy as np


def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()


def softmax_derivative(x):
    s = softmax(x).reshape(-1, 1)
    return np.diagflat(s) - s @ s.T
