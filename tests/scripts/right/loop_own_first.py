"""Logistic regression, by hand first in each step; torch checks."""

import numpy as np
import torch
import torch.nn.functional as F

torch.manual_seed(1)
x = torch.randn(16, 5)
t = torch.randint(0, 3, (16,))
w = torch.randn(5, 3, requires_grad=True)
b = torch.zeros(3, requires_grad=True)

w_np = w.detach().numpy().astype(np.float64)
b_np = np.zeros(3)
x_np = x.numpy().astype(np.float64)
one_hot = np.eye(3)[t.numpy()]

for epoch in range(12):
    z = x_np @ w_np + b_np
    z = z - z.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    loss_np = -np.log((p * one_hot).sum(axis=1)).mean()
    delta = (p - one_hot) / len(x_np)
    grad_w = x_np.T @ delta
    grad_b = delta.sum(axis=0, keepdims=True)
    w_np -= 0.5 * grad_w
    b_np = b_np - 0.5 * grad_b[0]

    loss = F.cross_entropy(x @ w + b, t)
    loss.backward()
    with torch.no_grad():
        w -= 0.5 * w.grad
        b -= 0.5 * b.grad
    w.grad.zero_()
    b.grad.zero_()
    if epoch == 10:
        break
