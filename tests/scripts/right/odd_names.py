# names and values that look as if they belonged together, and do not
import numpy as np
import torch

torch.manual_seed(2)
image = torch.rand(3, 4, 4)
image_np = image.permute(1, 2, 0).numpy() * 255
x = torch.randn(6, 3, dtype=torch.float64, requires_grad=True)
w = torch.randn(3, 2, dtype=torch.float64, requires_grad=True)
t = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
dt = 0.01
h = np.zeros((6, 2))
for k in range(3):
    h_t = torch.tanh(x @ w + t * k)
    h = h + h_t.detach().numpy() * dt
loss = (h_t**2).sum()
loss.backward()
data = np.arange(6.0)

# a numerical gradient is near torch's, and not meant to be it
W = w.detach().numpy().copy()


def f(W):
    return float((np.tanh(x.detach().numpy() @ W + 0.5 * 2) ** 2).sum())


num_grad = np.zeros_like(W)
for i in np.ndindex(W.shape):
    step = np.zeros_like(W)
    step[i] = 1e-5
    num_grad[i] = (f(W + step) - f(W - step)) / 2e-5
decayed = W * 0.9
centred = W - W.mean()
diff = W - w.detach().numpy()

# by hand
a = np.tanh(x.detach().numpy() @ W + 1.0)
loss_np = (a**2).sum()
dz = 2 * a * (1 - a**2)
dw = x.detach().numpy().T @ dz
dx = dz @ W.T
with torch.no_grad():
    w -= 0.1 * w.grad
W_new = W - 0.1 * dw
