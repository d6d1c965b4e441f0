# rmsprop.rate_in_momentum 8
import numpy as np


def rmsprop(w, g, state, lr=0.01, alpha=0.99, eps=1e-8, momentum=0.9):
    sq = alpha * state.get("sq", 0) + (1 - alpha) * g * g
    buf = state.get("buf", 0)
    buf = momentum * buf + lr * g / (np.sqrt(sq) + eps)
    state.update(sq=sq, buf=buf)
    return w - buf, state
