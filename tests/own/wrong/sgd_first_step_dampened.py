# sgd.first_step_dampened 6
import numpy as np


def momentum_sgd(w, g, buf, lr=0.01, momentum=0.9, dampening=0.0):
    buf = momentum * buf + (1 - dampening) * g
    return w - lr * buf, buf
