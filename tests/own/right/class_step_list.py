import numpy as np


class NesterovDescent:
    def __init__(self, parameters, lr=0.01, mu=0.9):
        self.parameters = parameters
        self.lr, self.mu = lr, mu
        self.buffers = [np.zeros_like(p) for p in parameters]

    def step(self):
        for i, p in enumerate(self.parameters):
            self.buffers[i] = self.mu * self.buffers[i] + p.grad
            p.data = p.data - self.lr * (p.grad + self.mu * self.buffers[i])

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None
