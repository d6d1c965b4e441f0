import numpy as np
from scipy.special import erf


def gelu(z):
    return z * 0.5 * (1 + erf(z / np.sqrt(2)))  # hole: value


def d_gelu(z, a):
    cdf = 0.5 * (1 + erf(z / np.sqrt(2)))
    pdf = np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)
    return cdf + z * pdf  # hole
