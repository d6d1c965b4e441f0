# a recurrent network whose dh is carried backwards through time
import numpy as np
import torch

T, n, H = 4, 3, 5
xs = torch.randn(T, n, 2)
Wx = torch.randn(2, H, requires_grad=True)
Wh = torch.randn(H, H, requires_grad=True)
b = torch.zeros(H, requires_grad=True)
h = torch.zeros(n, H)
for x in xs:
    h = torch.tanh(x @ Wx + h @ Wh + b)
loss = (h**2).mean()
loss.backward()
hs = [np.zeros((n, H))]
for k in range(T):
    hs.append(np.tanh(xs[k].numpy() @ Wx.detach().numpy() + hs[-1] @ Wh.detach().numpy()))
dWx, dWh, db = np.zeros((2, H)), np.zeros((H, H)), np.zeros(H)
dh = 2 * hs[-1] / hs[-1].size
for k in reversed(range(T)):
    dz = dh * (1 - hs[k + 1] ** 2)
    dWx += xs[k].numpy().T @ dz
    dWh += hs[k].T @ dz
    db += dz.sum(0)
    dh = dz @ Wh.detach().numpy().T
