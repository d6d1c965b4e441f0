# any.state_shared 18
import numpy as np


class Adam:
    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps = lr, betas, eps
        self.t, self.slots = 0, {}

    def update(self, params, grads):
        b1, b2 = self.betas
        for key in params:
            self.t += 1
            m, v = self.slots.get(key, (0.0, 0.0))
            m = b1 * m + (1 - b1) * grads[key]
            v = b2 * v + (1 - b2) * grads[key] ** 2
            self.slots[key] = m, v
            params[key] -= self.lr * (m / (1 - b1**self.t)) / (np.sqrt(v / (1 - b2**self.t)) + self.eps)
