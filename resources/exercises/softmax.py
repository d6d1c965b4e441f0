import numpy as np


def softmax(z):
    u = np.exp(z - z.max(axis=-1, keepdims=True))
    return u / u.sum(axis=-1, keepdims=True)  # hole: value


def softmax_backward(dL_da, z, a):
    through_sum = (dL_da * a).sum(axis=-1, keepdims=True)  # hole
    return a * (dL_da - through_sum)  # hole
