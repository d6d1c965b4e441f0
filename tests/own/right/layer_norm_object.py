import numpy as np


class LayerNormalization:
    def __init__(self, normalized_shape, epsilon=1e-3):
        self.epsilon = epsilon
        self.scale = np.ones(normalized_shape)
        self.shift = np.zeros(normalized_shape)

    def forward(self, inputs):
        self.mean = np.mean(inputs, axis=-1, keepdims=True)
        self.variance = np.mean(np.square(inputs), axis=-1, keepdims=True) - self.mean**2
        self.inv_std = 1 / np.sqrt(self.variance + self.epsilon)
        self.normalized = (inputs - self.mean) * self.inv_std
        self.output = self.scale * self.normalized + self.shift

    def backward(self, dvalues):
        n = dvalues.shape[-1]
        self.dscale = np.sum(dvalues * self.normalized, axis=0)
        self.dshift = np.sum(dvalues, axis=0)
        dnormalized = dvalues * self.scale
        dvariance = np.sum(dnormalized * self.normalized, axis=-1, keepdims=True) * -0.5 * self.inv_std**2
        dmean = -np.sum(dnormalized * self.inv_std, axis=-1, keepdims=True)
        spread = 2 * self.normalized / self.inv_std / n
        self.dinputs = dnormalized * self.inv_std + dvariance * spread + dmean / n
