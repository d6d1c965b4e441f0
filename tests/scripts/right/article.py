# 用 NumPy 手写一步训练，和 PyTorch 的结果逐个对照
import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim

lr = 0.1
x = torch.tensor([[1.0, 2.0, 3.0, 4.0]])
y = torch.tensor([[3.0, 2.0, 4.0, 5.0]])
start = [[0.1, -0.2, 0.3, -0.4], [0.05, 0.15, -0.25, 0.35], [-0.3, 0.2, 0.1, 0.0], [0.4, -0.1, -0.2, 0.25]]

# ---------- PyTorch ----------
layer = nn.Linear(4, 4, bias=False)
with torch.no_grad():
    layer.weight.copy_(torch.tensor(start))
optimizer = optim.SGD(layer.parameters(), lr=lr)
output = torch.sigmoid(layer(x))
loss = nn.MSELoss()(output, y)
optimizer.zero_grad()
loss.backward()
print("torch 的梯度:", layer.weight.grad)
optimizer.step()
print("torch 更新后的权重:", layer.weight)

# ---------- 手写 (DIY) ----------
x_np = np.array([[1.0, 2.0, 3.0, 4.0]])
y_np = np.array([[3.0, 2.0, 4.0, 5.0]])
W = np.array(start)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


z = x_np @ W.T
a = sigmoid(z)
loss_np = np.mean((a - y_np) ** 2)
# 链式法则
dL_da = 2 * (a - y_np) / y_np.size
da_dz = a * (1 - a)
delta = dL_da * da_dz
grad_of_weight = delta.T @ x_np
W_new = W - lr * grad_of_weight
print("手写的梯度:", grad_of_weight)
print("手写更新后的权重:", W_new)
print("一致吗?", np.allclose(W_new, layer.weight.detach().numpy()))

# ---------- 再用 Adam 走一步 ----------
net = nn.Linear(4, 4, bias=False)
with torch.no_grad():
    net.weight.copy_(torch.tensor(start))
adam = optim.Adam(net.parameters(), lr=0.01)
out = torch.sigmoid(net(x))
nn.MSELoss()(out, y).backward()
adam.step()
print("torch 的 Adam:", net.weight)

beta1, beta2, eps = 0.9, 0.999, 1e-8
m = np.zeros_like(W)
v = np.zeros_like(W)
t = 1
m = beta1 * m + (1 - beta1) * grad_of_weight
v = beta2 * v + (1 - beta2) * grad_of_weight**2
m_hat = m / (1 - beta1**t)
v_hat = v / (1 - beta2**t)
W_adam = W - 0.01 * m_hat / (np.sqrt(v_hat) + eps)
print("手写的 Adam:", W_adam)
