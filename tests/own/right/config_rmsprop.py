import numpy as np


def rmsprop(w, dw, config):
    rate = config.get("learning_rate", 1e-2)
    decay = config.get("decay_rate", 0.99)
    eps = config.get("epsilon", 1e-8)
    cache = config.get("cache", np.zeros(w.shape))
    cache = decay * cache + (1 - decay) * dw * dw
    config["cache"] = cache
    return w - rate * dw / (np.sqrt(cache) + eps), config
