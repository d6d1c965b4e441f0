import numpy as np


def log_cosh_loss(pred, target):
    e = pred - target
    return np.mean(np.log(np.cosh(e)))


def log_cosh_loss_grad(pred, target):
    return np.tanh(pred - target) / pred.size
