# rmsprop.not_averaged 6
import numpy as np


def rmsprop(w, g, sq, lr=0.01, alpha=0.99, eps=1e-8):
    sq = alpha * sq + g * g
    return w - lr * g / (np.sqrt(sq) + eps), sq
