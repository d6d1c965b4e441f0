import numpy as np


def sm3(w, g, G, lr=0.1):
    G = np.maximum(G, g * g)
    return w - lr * g / np.sqrt(G + 1e-12), G
