import numpy as np
import torch

rng = np.random.default_rng(3)
X = rng.normal(size=(20, 3))
y = X @ np.array([[1.5], [-2.0], [0.5]]) + 0.3
W1 = rng.normal(size=(3, 8)) * 0.5
b1 = np.zeros(8)
W2 = rng.normal(size=(8, 1)) * 0.5
b2 = np.zeros(1)

X_t = torch.tensor(X)
y_t = torch.tensor(y)
W1_t = torch.tensor(W1, requires_grad=True)
b1_t = torch.tensor(b1, requires_grad=True)
W2_t = torch.tensor(W2, requires_grad=True)
b2_t = torch.tensor(b2, requires_grad=True)
opt = torch.optim.SGD([W1_t, b1_t, W2_t, b2_t], lr=0.05, momentum=0.9)
velocity = {name: 0.0 for name in ("W1", "b1", "W2", "b2")}

for step in range(25):
    h_t = torch.relu(X_t @ W1_t + b1_t)
    out_t = h_t @ W2_t + b2_t
    loss_t = ((out_t - y_t) ** 2).mean()
    opt.zero_grad()
    loss_t.backward()
    opt.step()

    hidden = X @ W1 + b1
    h = np.maximum(0, hidden)
    out = h @ W2 + b2
    loss = np.mean((out - y) ** 2)
    dout = 2 * (out - y) / y.size
    dW2 = h.T @ dout
    db2 = dout.sum(axis=0)
    dh = dout @ W2.T
    dh[hidden <= 0] = 0
    dW1 = X.T @ dh
    db1 = dh.sum(axis=0)
    for name, grad in (("W1", dW1), ("b1", db1), ("W2", dW2), ("b2", db2)):
        velocity[name] = 0.9 * velocity[name] + grad
    W1 = W1 - 0.05 * velocity["W1"]
    b1 = b1 - 0.05 * velocity["b1"]
    W2 = W2 - 0.05 * velocity["W2"]
    b2 = b2 - 0.05 * velocity["b2"]
    print(step, loss, loss_t.item())
