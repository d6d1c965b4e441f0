import math


class CosineSGD:
    def __init__(self, lr=0.1):
        self.lr, self.n = lr, 0

    def update(self, params, grads):
        self.n += 1
        rate = self.lr * (1 + math.cos(self.n / 20)) / 2
        for k in params:
            params[k] = params[k] - rate * grads[k]
