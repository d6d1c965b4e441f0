import numpy as np


def adam(w, dw, config):
    lr, b1, b2, eps = config["lr"], 0.9, 0.999, 1e-8
    m, v = config.get("m", np.zeros_like(w)), config.get("v", np.zeros_like(w))
    m = b1 * m + (1 - b1) * dw
    v = b2 * v + (1 - b2) * dw**2
    config["m"], config["v"] = m, v
    t = config["t"]
    return w - lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps), config
