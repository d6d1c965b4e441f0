import numpy as np

EPS = 1e-5


class LayerNorm:
    @staticmethod
    def normalise(x):
        mean = x.sum(-1, keepdims=True) / x.shape[-1]
        shifted = x - mean
        rstd = ((shifted**2).sum(-1, keepdims=True) / x.shape[-1] + EPS) ** -0.5
        return shifted * rstd, rstd


def forward(x, w, b):
    norm, rstd = LayerNorm.normalise(x)
    return norm * w + b, (norm, w, rstd)


def backward(dout, cache):
    norm, w, rstd = cache
    db = dout.sum(0)
    dw = (dout * norm).sum(0)
    dnorm = dout * w
    dx = dnorm - dnorm.mean(-1, keepdims=True) - norm * (dnorm * norm).mean(-1, keepdims=True)
    return dx * rstd, dw, db
