import numpy as np


class Adadelta:
    def __init__(self, learning_rate=1.0, rho=0.95, epsilon=1e-6):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.slots = {}

    def apply_gradients(self, grads_and_vars):
        for grad, var in grads_and_vars:
            eg, ex = self.slots.get(id(var), (np.zeros_like(var), np.zeros_like(var)))
            eg = self.rho * eg + (1 - self.rho) * grad**2
            change = np.sqrt(ex + self.epsilon) / np.sqrt(eg + self.epsilon) * grad
            ex = self.rho * ex + (1 - self.rho) * change**2
            self.slots[id(var)] = eg, ex
            var -= self.learning_rate * change
