# linear.updated_weight 17
import numpy as np


class Dense:
    def __init__(self, input_size, output_size):
        self.weights = np.random.randn(input_size, output_size)
        self.bias = np.zeros(output_size)

    def forward(self, x):
        self.x = x
        return x @ self.weights + self.bias

    def backward(self, grad, lr):
        dw = self.x.T @ grad
        db = grad.sum(axis=0)
        self.weights -= lr * dw
        self.bias -= lr * db
        return grad @ self.weights.T
