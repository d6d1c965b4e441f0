import numpy as np


class Linear:
    def __init__(self, in_dim, out_dim):
        self.params = {"W": np.random.randn(in_dim, out_dim), "b": np.zeros(out_dim)}
        self.grads = {}

    def forward(self, x):
        self.x = x
        return x @ self.params["W"] + self.params["b"]

    def backward(self, grad):
        self.grads["W"] = self.x.T @ grad
        self.grads["b"] = grad.sum(axis=0)
        return grad @ self.params["W"].T
