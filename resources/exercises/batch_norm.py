import numpy as np


def batch_norm_forward(x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=0)
    s = 1 / np.sqrt(x.var(axis=0) + eps)  # hole: value
    x_hat = (x - mean) * s  # hole: value
    return gamma * x_hat + beta, (x_hat, s, gamma)


def batch_norm_backward(dL_dy, cache):
    x_hat, s, gamma = cache
    dL_dgamma = (dL_dy * x_hat).sum(axis=0)
    dL_dbeta = dL_dy.sum(axis=0)
    g = dL_dy * gamma
    through_mean = g.mean(axis=0)  # hole
    through_variance = x_hat * (g * x_hat).mean(axis=0)  # hole
    return s * (g - through_mean - through_variance), dL_dgamma, dL_dbeta
