# adagrad.eps_inside_root 7
import numpy as np


def adagrad(w, g, G, lr=0.01, eps=1e-8):
    G = G + g**2
    adjusted = lr / np.sqrt(G + eps)
    return w - adjusted * g, G
