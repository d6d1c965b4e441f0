import numpy as np


class Adam:
    """The bias of both moments is corrected in the rate, ε beside the corrected root all the same."""

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr, self.beta1, self.beta2 = lr, beta1, beta2
        self.iter = 0
        self.m, self.v = {}, {}

    def update(self, params, grads):
        self.iter += 1
        root = np.sqrt(1.0 - self.beta2**self.iter)
        lr_t = self.lr * root / (1.0 - self.beta1**self.iter)
        for key in params:
            m, v = self.m.get(key, 0), self.v.get(key, 0)
            self.m[key] = m + (1 - self.beta1) * (grads[key] - m)
            self.v[key] = v + (1 - self.beta2) * (grads[key] ** 2 - v)
            params[key] -= lr_t * self.m[key] / (np.sqrt(self.v[key]) + 1e-8 * root)
