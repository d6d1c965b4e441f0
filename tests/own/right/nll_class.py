import numpy as np


class NLLLoss:
    def forward(self, log_p, y):
        self.hot = np.eye(log_p.shape[1])[y]
        return -(self.hot * log_p).sum() / len(log_p)

    def backward(self):
        return -self.hot / len(self.hot)
