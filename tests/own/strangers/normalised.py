import numpy as np


def normalised_descent(w, g, lr=1e-2):
    return w - lr * g / (np.sqrt((g * g).sum()) + 1e-12)
