import numpy as np


def init_states(params):
    return [(np.zeros_like(p), np.zeros_like(p)) for p in params]


def step(params, states, hyperparams):
    beta1, beta2, eps = 0.9, 0.999, 1e-6
    for p, (m, v) in zip(params, states):
        m[:] = beta1 * m + (1 - beta1) * p.grad
        v[:] = beta2 * v + (1 - beta2) * np.square(p.grad)
        corrected_m = m / (1 - beta1 ** hyperparams["t"])
        corrected_v = v / (1 - beta2 ** hyperparams["t"])
        p[:] -= hyperparams["lr"] * corrected_m / (np.sqrt(corrected_v) + eps)
    hyperparams["t"] += 1
