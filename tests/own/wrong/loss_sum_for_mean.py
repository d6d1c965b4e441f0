# loss.sum_for_mean 6
import numpy as np


def mse(pred, target):
    return np.sum((pred - target) ** 2)


def mse_grad(pred, target):
    return 2 * (pred - target)
