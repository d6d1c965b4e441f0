# linear.bias_not_summed 11
import numpy as np


def linear_forward(x, w, b):
    return x @ w + b, (x, w, b)


def linear_backward(dout, cache):
    x, w, b = cache
    return dout @ w.T, x.T @ dout, dout
