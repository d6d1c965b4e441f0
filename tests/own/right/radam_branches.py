import math

import numpy as np


class RAdam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps = lr, betas, eps
        self.t, self.m, self.v = 0, None, None

    def step(self, weights, grads):
        b1, b2 = self.betas
        if self.m is None:
            self.m = [np.zeros_like(w) for w in weights]
            self.v = [np.zeros_like(w) for w in weights]
        self.t += 1
        most = 2 / (1 - b2) - 1
        length = most - 2 * self.t * b2**self.t / (1 - b2**self.t)
        for i, (w, g) in enumerate(zip(weights, grads)):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g**2
            mean = self.m[i] / (1 - b1**self.t)
            if length > 5:
                r = math.sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length))
                w -= self.lr * r * mean * math.sqrt(1 - b2**self.t) / (np.sqrt(self.v[i]) + self.eps)
            else:
                w -= self.lr * mean
