# sgd.nesterov_for_heavy_ball 7
import numpy as np


def momentum(w, g, velocity, lr=0.01, mu=0.9):
    velocity = mu * velocity + g
    step = g + mu * velocity
    return w - lr * step, velocity
