import numpy as np


def scale_by_moments(learning_rate=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    def init(params):
        return {"count": 0, "mu": np.zeros_like(params), "nu": np.zeros_like(params)}

    def update(updates, state, params=None):
        count = state["count"] + 1
        mu = b1 * state["mu"] + (1 - b1) * updates
        nu = b2 * state["nu"] + (1 - b2) * updates * updates
        mu_hat = mu / (1 - b1**count)
        nu_hat = nu / (1 - b2**count)
        return -learning_rate * mu_hat / (np.sqrt(nu_hat) + eps), {"count": count, "mu": mu, "nu": nu}

    return init, update
