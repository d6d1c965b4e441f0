import numpy as np
import torch
import torch.nn as nn


def affine_forward(x, w, b):
    return x @ w + b, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    dx = dout @ w.T
    dw = x.T @ dout
    db = dout.sum(axis=0)
    return dx, dw, db


def tanh_backward(dout, a):
    return dout * (1 - a**2)


class Net:
    def __init__(self, w1, b1, w2, b2):
        self.w1, self.b1, self.w2, self.b2 = w1, b1, w2, b2

    def forward(self, x):
        z, self.cache1 = affine_forward(x, self.w1, self.b1)
        self.a = np.tanh(z)
        out, self.cache2 = affine_forward(self.a, self.w2, self.b2)
        return out

    def backward(self, dout):
        da, dw2, db2 = affine_backward(dout, self.cache2)
        dz = tanh_backward(da, self.a)
        _, dw1, db1 = affine_backward(dz, self.cache1)
        return {"w1": dw1, "b1": db1, "w2": dw2, "b2": db2}


def main():
    torch.manual_seed(0)
    x = torch.randn(6, 4)
    y = torch.randn(6, 2)
    model = nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 2))
    w1 = model[0].weight.detach().numpy().T.copy()
    b1 = model[0].bias.detach().numpy().copy()
    w2 = model[2].weight.detach().numpy().T.copy()
    b2 = model[2].bias.detach().numpy().copy()
    net = Net(w1, b1, w2, b2)
    out = model(x)
    loss = nn.MSELoss(reduction="sum")(out, y)
    loss.backward()
    own_out = net.forward(x.numpy())
    grads = net.backward(2 * (own_out - y.numpy()))
    print(np.abs(grads["w1"] - model[0].weight.grad.numpy().T).max())
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    optimizer.step()
    w1 -= 0.01 * grads["w1"]
    print(np.allclose(w1, model[0].weight.detach().numpy().T, atol=1e-6))


if __name__ == "__main__":
    main()
