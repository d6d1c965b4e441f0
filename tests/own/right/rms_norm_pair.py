import numpy as np


def rmsnorm_forward(x, g, eps=1e-6):
    rms = np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps)
    y = x / rms * g
    return y, (x, rms, g)


def rmsnorm_backward(dy, cache):
    x, rms, g = cache
    dg = np.sum(dy * x / rms, axis=0)
    dxn = dy * g
    dx = dxn / rms - x * np.mean(dxn * x, axis=-1, keepdims=True) / rms**3
    return dx, dg
