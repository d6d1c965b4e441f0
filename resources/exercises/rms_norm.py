import numpy as np


def rms_norm_forward(x, weight, eps=None):
    eps = np.finfo(x.dtype).eps if eps is None else eps
    r = 1 / np.sqrt((x * x).mean(axis=-1, keepdims=True) + eps)  # hole: value
    x_hat = x * r
    return x_hat * weight, (x_hat, r, weight)


def rms_norm_backward(dL_dy, cache):
    x_hat, r, weight = cache
    dL_dweight = (dL_dy * x_hat).sum(axis=0)
    dL_dx_hat = dL_dy * weight
    dL_dx = r * (dL_dx_hat - x_hat * (dL_dx_hat * x_hat).mean(axis=-1, keepdims=True))  # hole
    return dL_dx, dL_dweight
