# tanh.not_squared 10
import numpy as np


def tanh(z):
    return np.tanh(z)


def tanh_prime(z):
    return 1 - np.tanh(z)
