import numpy as np


class EmbeddingLayer:
    def __init__(self, vocab_size, embedding_dim):
        self.weights = np.random.randn(vocab_size, embedding_dim) * 0.01

    def forward(self, tokens):
        self.one_hot = np.eye(len(self.weights))[tokens]
        self.output = self.one_hot @ self.weights
        return self.output

    def backward(self, dvalues):
        hot = self.one_hot.reshape(-1, len(self.weights))
        self.dweights = hot.T @ dvalues.reshape(-1, dvalues.shape[-1])
