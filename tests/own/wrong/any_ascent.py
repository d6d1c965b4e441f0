# any.ascent 8
import numpy as np


def adagrad_step(theta, g, cache=None, eta=0.01, epsilon=1e-10):
    cache = np.zeros_like(theta) if cache is None else cache
    cache = cache + g**2
    return theta + eta * g / (np.sqrt(cache) + epsilon), cache
