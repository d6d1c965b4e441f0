import numpy as np


def cubic_adagrad(w, g, G, lr=0.01, eps=1e-8):
    G = G + np.abs(g) ** 3
    return w - lr * g / (np.cbrt(G) + eps), G
