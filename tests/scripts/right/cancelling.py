# gradients that are zero in truth: a bias before batch norm, the largest logit, classes that are as good as certain
import numpy as np
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(5)
n, k = 8, 4
x = torch.randn(n, 3) * 3 + 10
W = torch.randn(3, k, requires_grad=True)
b = torch.randn(k, requires_grad=True)
gain = torch.ones(k, requires_grad=True)
labels = torch.randint(0, k, (n,))

pre = x @ W + b
normed = torch.nn.functional.batch_norm(pre, None, None, gain, None, training=True)
logits = 40 * normed
loss = torch.nn.functional.cross_entropy(logits, labels)
loss.backward()

# by hand
x_np, W_np = x.numpy(), W.detach().numpy()
pre_np = x_np @ W_np + b.detach().numpy()
mu, var = pre_np.mean(0), pre_np.var(0)
istd = 1 / np.sqrt(var + 1e-5)
xhat = (pre_np - mu) * istd
z = 40 * xhat
p = np.exp(z - z.max(1, keepdims=True))
p /= p.sum(1, keepdims=True)
dlogits = p.copy()
dlogits[np.arange(n), labels.numpy()] -= 1
dlogits /= n
dnormed = 40 * dlogits
dgain = (dnormed * xhat).sum(0)
dpre = istd / n * (n * dnormed - dnormed.sum(0) - xhat * (dnormed * xhat).sum(0))
dW = x_np.T @ dpre
db = dpre.sum(0)
