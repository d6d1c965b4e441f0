# adagrad.not_accumulated 7
import numpy as np


def adagrad(w, g, G, lr=0.01, eps=1e-8):
    G = g**2
    w = w - lr * g / (np.sqrt(G) + eps)
    return w, G
