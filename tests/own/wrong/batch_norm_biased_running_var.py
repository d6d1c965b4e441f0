# batch_norm.biased_running_var 21
import numpy as np


class BatchNorm1d:
    """Examples are columns."""

    def __init__(self, num_features, eps=1e-5):
        self.params = {"gamma": np.ones((num_features, 1)), "beta": np.zeros((num_features, 1))}
        self.grads = {}
        self.moving_mean = np.zeros((num_features, 1))
        self.moving_var = np.ones((num_features, 1))
        self.eps = eps
        self.training = True

    def forward(self, X):
        if self.training:
            m = X.shape[1]
            mean, var = X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)
            self.moving_mean = 0.9 * self.moving_mean + 0.1 * mean
            self.moving_var = 0.9 * self.moving_var + 0.1 * var
        else:
            mean, var = self.moving_mean, self.moving_var
        self.inv = 1.0 / np.sqrt(var + self.eps)
        self.X_hat = (X - mean) * self.inv
        return self.params["gamma"] * self.X_hat + self.params["beta"]

    def backward(self, dY):
        m = dY.shape[1]
        self.grads["gamma"] = (dY * self.X_hat).sum(axis=1, keepdims=True)
        self.grads["beta"] = dY.sum(axis=1, keepdims=True)
        d_hat = dY * self.params["gamma"]
        total = d_hat.sum(axis=1, keepdims=True)
        along = (d_hat * self.X_hat).sum(axis=1, keepdims=True)
        return self.inv / m * (m * d_hat - total - self.X_hat * along)
