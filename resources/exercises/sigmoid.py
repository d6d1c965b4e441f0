import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))  # hole: value


def d_sigmoid(z, a):
    return a * (1 - a)  # hole
