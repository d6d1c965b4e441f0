# any.rate_missing 15
import numpy as np


class RMSProp:
    def __init__(self, params, lr=0.01, rho=0.99, eps=1e-8):
        self.params, self.lr, self.rho, self.eps = params, lr, rho, eps
        self.cache = [np.zeros_like(p) for p in params]

    def step(self, grads):
        for i in range(len(self.params)):
            g = grads[i]
            self.cache[i] = self.rho * self.cache[i] + (1 - self.rho) * g * g
            denominator = np.sqrt(self.cache[i]) + self.eps
            self.params[i] -= g / denominator
