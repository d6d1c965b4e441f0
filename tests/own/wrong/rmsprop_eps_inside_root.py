# rmsprop.eps_inside_root 7
import numpy as np


def rmsprop(w, g, sq, lr=0.01, alpha=0.99, eps=1e-8):
    sq = alpha * sq + (1 - alpha) * g * g
    root = np.sqrt(sq + eps)
    return w - lr * g / root, sq
