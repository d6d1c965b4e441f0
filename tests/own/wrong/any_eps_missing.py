# any.eps_missing 7
import numpy as np


def adagrad(w, g, cache, lr=0.01):
    cache = cache + g * g
    step = lr * g / np.sqrt(cache)
    return w - step, cache
