# a recurrent network, backwards through time: dh goes on to be the gradient of the h before
import numpy as np
import torch

torch.manual_seed(0)
T, n, H = 4, 3, 5
xs = torch.randn(T, n, 2)
Wx = torch.randn(2, H, requires_grad=True)
Wh = torch.randn(H, H, requires_grad=True)
Wy = torch.randn(H, 1, requires_grad=True)
b = torch.zeros(H, requires_grad=True)
h = torch.zeros(n, H)
loss = 0
for x in xs:
    h = torch.tanh(x @ Wx + h @ Wh + b)
    loss = loss + ((h @ Wy) ** 2).sum()
loss.backward()

hs = [np.zeros((n, H))]
ys = []
for k in range(T):
    hs.append(np.tanh(xs[k].numpy() @ Wx.detach().numpy() + hs[-1] @ Wh.detach().numpy()))
    ys.append(hs[-1] @ Wy.detach().numpy())
dWx, dWh, dWy, db = np.zeros((2, H)), np.zeros((H, H)), np.zeros((H, 1)), np.zeros(H)
dh_next = np.zeros((n, H))
for k in reversed(range(T)):
    dWy += hs[k + 1].T @ (2 * ys[k])
    dh = 2 * ys[k] @ Wy.detach().numpy().T + dh_next
    dz = dh * (1 - hs[k + 1] ** 2)
    dWx += xs[k].numpy().T @ dz
    dWh += hs[k].T @ dz
    db += dz.sum(0)
    dh_next = dz @ Wh.detach().numpy().T
