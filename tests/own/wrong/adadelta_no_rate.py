# adadelta.no_rate 9
import numpy as np


def adadelta(w, g, eg, ed, lr=1.0, rho=0.9, eps=1e-6):
    eg = rho * eg + (1 - rho) * g * g
    delta = np.sqrt(ed + eps) / np.sqrt(eg + eps) * g
    ed = rho * ed + (1 - rho) * delta * delta
    return w - delta, eg, ed
