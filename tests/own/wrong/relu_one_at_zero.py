# relu.one_at_zero 10
import numpy as np


def relu(x):
    return np.maximum(x, 0)


def relu_grad(x):
    return (x >= 0).astype(float)
