# loss.gradient_of_other_reduction 11
import numpy as np


def nll_loss(log_probs, targets):
    return -np.mean(log_probs[range(len(targets)), targets])


def nll_loss_grad(log_probs, targets):
    grad = np.zeros_like(log_probs)
    grad[range(len(targets)), targets] = -1.0
    return grad
