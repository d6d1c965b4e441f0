# dropout.not_scaled 24
import numpy as np

rng = np.random.default_rng()


class Layer_Dropout:
    def __init__(self, rate):
        self.rate = 1 - rate
        self.training = True

    def train(self):
        self.training = True

    def eval(self):
        self.training = False

    def forward(self, inputs):
        self.inputs = inputs
        if not self.training:
            self.output = inputs.copy()
            return
        self.binary_mask = rng.binomial(1, self.rate, size=inputs.shape)
        self.output = inputs * self.binary_mask

    def backward(self, dvalues):
        self.dinputs = dvalues * self.binary_mask
