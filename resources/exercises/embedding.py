import numpy as np


def embedding_forward(x, weight):
    y = weight[x]  # hole: value
    return y, (x, weight)


def embedding_backward(dL_dy, cache):
    x, weight = cache
    dL_dweight = np.zeros_like(weight)
    np.add.at(dL_dweight, x, dL_dy)  # hole
    return dL_dweight
