# rmsprop.starts_at_one 7
import numpy as np


def rmsprop(w, g, state, lr=0.01, alpha=0.99, eps=1e-8):
    sq = state.get("sq", np.ones_like(w))
    sq = alpha * sq + (1 - alpha) * g * g
    state["sq"] = sq
    return w - lr * g / (np.sqrt(sq) + eps), state
