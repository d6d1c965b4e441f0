# rms_norm.mean_subtracted 15
import numpy as np


class RMSNorm:
    def __init__(self, dim, eps=1e-8):
        self.eps = eps
        self.weight = np.ones(dim)
        self.grad_weight = np.zeros(dim)

    def __call__(self, x):
        return self.forward(x)

    def forward(self, x):
        self.x = x = x - x.mean(-1, keepdims=True)
        self.r = 1.0 / np.sqrt((x * x).mean(-1, keepdims=True) + self.eps)
        return self.weight * (x * self.r)

    def backward(self, grad):
        self.grad_weight = (grad * self.x * self.r).sum(0)
        h = grad * self.weight
        inner = (h * self.x).mean(-1, keepdims=True)
        return self.r * h - self.r**3 * self.x * inner
