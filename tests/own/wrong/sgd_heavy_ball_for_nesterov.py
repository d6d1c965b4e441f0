# sgd.heavy_ball_for_nesterov 7
import numpy as np


def nesterov_step(w, g, velocity, lr=0.01, mu=0.9):
    velocity = mu * velocity + g
    w = w - lr * velocity
    return w, velocity
