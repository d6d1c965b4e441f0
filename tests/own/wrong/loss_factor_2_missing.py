# loss.factor_2_missing 10
import numpy as np


def mse(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)


def mse_prime(y_true, y_pred):
    return (y_pred - y_true) / y_true.size
