# adam.no_bias_correction 9
import numpy as np


def adam(theta, grad, state, alpha=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v = state if state else (np.zeros_like(theta), np.zeros_like(theta))
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    theta = theta - alpha * m / (np.sqrt(v) + eps)
    return theta, (m, v)
