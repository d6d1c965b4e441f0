import numpy as np


def logsoftmax_forward(z):
    z = z - z.max(1, keepdims=True)
    e = np.exp(z)
    total = e.sum(1, keepdims=True)
    return z - np.log(total), e / total


def logsoftmax_backward(dout, cache):
    p = cache
    return dout - dout.sum(1, keepdims=True) * p
