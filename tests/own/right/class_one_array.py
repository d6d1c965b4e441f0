import numpy as np


class AdaMax:
    def __init__(self, lr=2e-3, beta1=0.9, beta2=0.999, eps=1e-8):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.memory = {}

    def update(self, key, w, dw):
        t, m, u = self.memory.get(key, (0, 0.0, 0.0))
        t += 1
        m = self.beta1 * m + (1 - self.beta1) * dw
        u = np.maximum(self.beta2 * u, np.abs(dw) + self.eps)
        self.memory[key] = t, m, u
        return w - self.lr / (1 - self.beta1**t) * m / u
