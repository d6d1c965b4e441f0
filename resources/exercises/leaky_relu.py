import numpy as np


SLOPE = 0.01


def leaky_relu(z):
    return np.where(z > 0, z, SLOPE * z)  # hole: value


def d_leaky_relu(z, a):
    return np.where(z > 0, 1.0, SLOPE)  # hole
