import numpy as np


def rprop(w, g, state=None, lr=0.01, eta_minus=0.5, eta_plus=1.2, step_min=1e-6, step_max=50.0):
    if not state:
        state = {"size": np.full_like(w, lr), "before": np.zeros_like(g)}
    same = np.sign(g * state["before"])
    size = state["size"] * np.where(same > 0, eta_plus, np.where(same < 0, eta_minus, 1.0))
    size = np.minimum(np.maximum(size, step_min), step_max)
    g = np.where(same < 0, 0.0, g)
    return w - np.sign(g) * size, {"size": size, "before": g}
