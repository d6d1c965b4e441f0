import numpy as np


def lars(w, g, v, lr=0.1, momentum=0.9, trust=1e-3):
    local = trust * np.linalg.norm(w) / (np.linalg.norm(g) + 1e-12)
    v = momentum * v + lr * local * g
    return w - v, v
