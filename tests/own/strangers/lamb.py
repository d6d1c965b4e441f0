import numpy as np


class Lamb:
    def __init__(self, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-6):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.t, self.m, self.v = 0, {}, {}

    def update(self, params, grads):
        self.t += 1
        for k in params:
            m = self.m[k] = self.beta1 * self.m.get(k, 0) + (1 - self.beta1) * grads[k]
            v = self.v[k] = self.beta2 * self.v.get(k, 0) + (1 - self.beta2) * grads[k] ** 2
            r = (m / (1 - self.beta1**self.t)) / (np.sqrt(v / (1 - self.beta2**self.t)) + self.eps)
            trust = np.linalg.norm(params[k]) / np.linalg.norm(r)
            params[k] -= self.lr * trust * r
