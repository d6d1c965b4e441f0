import numpy as np


class Hyper:
    def __init__(self, lr=0.01, mu=1e-6):
        self.lr, self.mu, self.before, self.rates = lr, mu, {}, {}

    def update(self, params, grads):
        for k in params:
            g = grads[k]
            rate = self.rates.get(k, 0.01) + self.mu * (g * self.before.get(k, np.zeros_like(g))).sum()
            self.rates[k], self.before[k] = rate, g.copy()
            params[k] -= rate * g
