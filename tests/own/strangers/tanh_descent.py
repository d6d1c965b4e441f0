import numpy as np


def squashed(w, g, lr=0.1):
    return w - lr * np.tanh(g)
