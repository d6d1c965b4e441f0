import numpy as np


def lion(w, g, m, lr=1e-4, beta1=0.9, beta2=0.99):
    c = beta1 * m + (1 - beta1) * g
    return w - lr * np.sign(c), beta2 * m + (1 - beta2) * g
