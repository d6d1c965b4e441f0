import numpy as np


class Flatten:
    def forward(self, inputs):
        self.input_shape = inputs.shape
        self.output = np.stack([row.ravel() for row in inputs])
        return self.output

    def backward(self, dvalues):
        self.dinputs = dvalues.reshape(self.input_shape)
        return self.dinputs
