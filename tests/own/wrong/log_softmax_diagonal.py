# softmax.jacobian_diagonal 10
import numpy as np


def log_softmax(x):
    return x - x.max(1, keepdims=True) - np.log(np.exp(x - x.max(1, keepdims=True)).sum(1, keepdims=True))


def log_softmax_backward(dout, out):
    return dout * (1 - np.exp(out))
