# sgd.nesterov_without_gradient 11
import numpy as np


class SGD:
    def __init__(self, lr=0.01, momentum=0.9, nesterov=False):
        self.lr, self.momentum, self.nesterov, self.b = lr, momentum, nesterov, {}

    def update(self, key, w, g):
        b = self.b[key] = self.momentum * self.b.get(key, np.zeros_like(w)) + g
        return w - self.lr * (self.momentum * b if self.nesterov else b)
