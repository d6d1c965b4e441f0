import numpy as np


def layer_norm_forward(x, weight, bias, eps=1e-5):
    mean = x.mean(axis=-1, keepdims=True)
    s = 1 / np.sqrt(x.var(axis=-1, keepdims=True) + eps)  # hole: value
    x_hat = (x - mean) * s  # hole: value
    return x_hat * weight + bias, (x_hat, s, weight)


def layer_norm_backward(dL_dy, cache):
    x_hat, s, weight = cache
    dL_dweight = (dL_dy * x_hat).sum(axis=0)
    dL_dbias = dL_dy.sum(axis=0)
    g = dL_dy * weight
    through_mean = g.mean(axis=-1, keepdims=True)  # hole
    through_variance = x_hat * (g * x_hat).mean(axis=-1, keepdims=True)  # hole
    return s * (g - through_mean - through_variance), dL_dweight, dL_dbias
