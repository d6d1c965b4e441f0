import numpy as np


def l1_loss(predictions, targets):
    loss = np.abs(predictions - targets).mean()
    grad = np.sign(predictions - targets) / predictions.size
    return loss, grad
