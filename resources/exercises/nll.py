import numpy as np


def nll(a, y):
    rows = np.arange(len(a))
    return -a[rows, y].mean()  # hole: value


def d_nll(a, y):
    rows = np.arange(len(a))
    dL_da = np.zeros_like(a)
    dL_da[rows, y] = -1 / len(a)  # hole
    return dL_da
