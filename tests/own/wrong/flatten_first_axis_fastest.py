# flatten.first_axis_fastest 9
import numpy as np


class Flatten:
    def forward(self, x):
        self.shape = x.shape
        rows = len(x)
        return np.transpose(x, (0, *range(x.ndim - 1, 0, -1))).reshape(rows, -1)

    def backward(self, dout):
        turned = dout.reshape(len(dout), *self.shape[:0:-1])
        return np.transpose(turned, (0, *range(len(self.shape) - 1, 0, -1)))
