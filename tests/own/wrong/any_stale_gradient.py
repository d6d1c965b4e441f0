# any.stale_gradient 12
import numpy as np


class Momentum:
    def __init__(self, lr=0.01, mu=0.9):
        self.lr, self.mu = lr, mu
        self.b, self.previous = {}, {}

    def update(self, params, grads):
        for k in params:
            g = self.previous.get(k, np.zeros_like(grads[k]))
            self.previous[k] = grads[k].copy()
            b = self.b.get(k, 0.0)
            self.b[k] = self.mu * b + g
            params[k] -= self.lr * self.b[k]
