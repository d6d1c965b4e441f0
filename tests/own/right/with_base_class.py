class Optimizer:
    def __init__(self, params):
        self.params = params

    def step(self):
        raise NotImplementedError()

    def reset_grad(self):
        for p in self.params:
            p.grad = None


class SGD(Optimizer):
    def __init__(self, params, lr=0.01, momentum=0.0, weight_decay=0.0):
        super().__init__(params)
        self.lr = lr
        self.momentum = momentum
        self.u = {}
        self.weight_decay = weight_decay

    def step(self):
        for i, p in enumerate(self.params):
            grad = p.grad + self.weight_decay * p.data
            u = grad if i not in self.u else self.momentum * self.u[i] + grad
            self.u[i] = u
            p.data = p.data - self.lr * u
