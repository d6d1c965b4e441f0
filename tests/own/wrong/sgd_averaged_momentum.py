# sgd.averaged_momentum 12
class SGD:
    def __init__(self, params, lr=0.01, momentum=0.9):
        self.params = params
        self.lr = lr
        self.momentum = momentum
        self.u = {}

    def step(self):
        for i, p in enumerate(self.params):
            u = self.u.get(i, 0)
            u = self.momentum * u + (1 - self.momentum) * p.grad
            self.u[i] = u
            p.data = p.data - self.lr * u
