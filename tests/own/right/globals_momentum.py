import numpy as np

VELOCITY = None
MU = 0.9


def momentum_step(w, g, lr=0.01):
    global VELOCITY
    if VELOCITY is None:
        VELOCITY = np.zeros_like(w)
    VELOCITY = MU * VELOCITY + g
    return w - lr * VELOCITY
