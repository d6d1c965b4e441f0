import numpy as np


def sign_sgd(w, g, lr=1e-3):
    return w - lr * np.sign(g)
