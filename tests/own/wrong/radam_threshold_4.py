# radam.threshold_4 13
import numpy as np


def radam(w, g, m, v, t, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    m = b1 * m + (1 - b1) * g
    v = b2 * v + (1 - b2) * g * g
    m_hat = m / (1 - b1**t)
    inf = 2 / (1 - b2) - 1
    rho = inf - 2 * t * b2**t / (1 - b2**t)
    if rho > 4:
        r = np.sqrt((rho - 4) * (rho - 2) * inf / ((inf - 4) * (inf - 2) * rho))
        return w - lr * r * m_hat * np.sqrt(1 - b2**t) / (np.sqrt(v) + eps), m, v
    return w - lr * m_hat, m, v
