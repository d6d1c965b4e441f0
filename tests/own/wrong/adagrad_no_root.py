# adagrad.no_root 7
import numpy as np


def adagrad(w, g, G, lr=0.01, eps=1e-8):
    G = G + g**2
    w = w - lr * g / (G + eps)
    return w, G
