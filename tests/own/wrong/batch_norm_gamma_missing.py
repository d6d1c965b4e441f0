# batch_norm.gamma_missing 40
import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    share = 1 - bn_param.get("decay", 0.9)
    n, d = x.shape
    running_mean = bn_param.get("running_mean", np.zeros(d, dtype=x.dtype))
    running_var = bn_param.get("running_var", np.ones(d, dtype=x.dtype))
    if mode == "train":
        mean = x.mean(axis=0)
        centred = x - mean
        var = (centred**2).mean(axis=0)
        root = np.sqrt(var + eps)
        inverse = 1 / root
        normed = centred * inverse
        out = gamma * normed + beta
        running_mean = running_mean + share * (mean - running_mean)
        running_var = running_var + share * (var * n / (n - 1) - running_var)
        cache = (centred, inverse, root, var, eps, normed, gamma)
    elif mode == "test":
        out = gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta
        cache = None
    else:
        raise ValueError(mode)
    bn_param["running_mean"] = running_mean
    bn_param["running_var"] = running_var
    return out, cache


def batchnorm_backward(dout, cache):
    centred, inverse, root, var, eps, normed, gamma = cache
    n, d = dout.shape
    dbeta = dout.sum(axis=0)
    dgamma = (dout * normed).sum(axis=0)
    dnormed = dout
    dinverse = (dnormed * centred).sum(axis=0)
    dcentred = dnormed * inverse
    droot = -dinverse / root**2
    dvar = 0.5 * droot / np.sqrt(var + eps)
    dsquare = np.ones((n, d)) * dvar / n
    dcentred = dcentred + 2 * centred * dsquare
    dmean = -dcentred.sum(axis=0)
    dx = dcentred + np.ones((n, d)) * dmean / n
    return dx, dgamma, dbeta
