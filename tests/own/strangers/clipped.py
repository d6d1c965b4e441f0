import numpy as np


def clipped_sgd(w, g, lr=1e-2):
    return w - lr * np.clip(g, -1, 1)
