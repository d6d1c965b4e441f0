import numpy as np


def hinge_loss(scores, y):
    n = len(y)
    margins = np.maximum(0, scores - scores[np.arange(n), y][:, None] + 1)
    margins[np.arange(n), y] = 0
    grad = (margins > 0).astype(float)
    grad[np.arange(n), y] -= grad.sum(axis=1)
    return margins.sum() / n, grad / n
