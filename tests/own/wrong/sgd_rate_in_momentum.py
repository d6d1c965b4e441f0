# sgd.rate_in_momentum 8
import numpy as np


def sgd_momentum(w, dw, config=None):
    config = {} if config is None else config
    v = config.get("velocity", np.zeros_like(w))
    v = config.setdefault("momentum", 0.9) * v - config.setdefault("learning_rate", 1e-2) * dw
    config["velocity"] = v
    return w + v, config
