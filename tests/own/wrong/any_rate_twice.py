# any.rate_twice 9
class SGD:
    def __init__(self, lr=0.05):
        self.lr = lr

    def update(self, params, grads):
        for name in params:
            change = self.lr * grads["d" + name]
            params[name] = params[name] - self.lr * change
