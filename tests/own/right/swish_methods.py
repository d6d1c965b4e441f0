import numpy as np


class Swish:
    def __call__(self, x):
        return x / (1 + np.exp(-x))

    def gradient(self, x):
        s = 1 / (1 + np.exp(-x))
        return s * (1 + x * (1 - s))
