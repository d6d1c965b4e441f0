# batch_norm.batch_at_eval 20
import numpy as np


class BatchNormalization:
    def __init__(self, gamma, beta, momentum=0.1, running_mean=None, running_var=None):
        self.gamma = gamma
        self.beta = beta
        self.momentum = momentum
        self.running_mean = running_mean
        self.running_var = running_var
        self.dgamma = None
        self.dbeta = None

    def forward(self, x, train_flg=True):
        if self.running_mean is None:
            self.running_mean = np.zeros(x.shape[1])
            self.running_var = np.ones(x.shape[1])
        if not train_flg:
            xn = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5)
            return self.gamma * xn + self.beta
        self.batch_size = len(x)
        mu = np.mean(x, axis=0)
        self.xc = x - mu
        var = np.mean(self.xc * self.xc, axis=0)
        self.std = np.sqrt(var + 1e-5)
        self.xn = self.xc / self.std
        n = self.batch_size
        self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mu
        self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var * n / (n - 1)
        return self.gamma * self.xn + self.beta

    def backward(self, dout):
        self.dbeta = dout.sum(axis=0)
        self.dgamma = np.sum(self.xn * dout, axis=0)
        dxn = self.gamma * dout
        dxc = dxn / self.std
        dstd = -np.sum(dxn * self.xc / (self.std * self.std), axis=0)
        dvar = 0.5 * dstd / self.std
        dxc += (2.0 / self.batch_size) * self.xc * dvar
        dmu = np.sum(dxc, axis=0)
        return dxc - dmu / self.batch_size
