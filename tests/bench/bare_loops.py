"""What a competent person writes inline, with no library of ours: the yardstick for the engine's speed.

The NumPy loops do the engine's arithmetic in the same formulas, as one writes them down: ``np.mean`` for
the mean, the weights updated in place, no function of one's own around any of it, and each step's loss
kept as a value. ``article_sgd_inlined`` is a stricter yardstick: the textbook's own operations, one for
one, without its functions. What the lane takes beyond it is the price of reading like a textbook.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import nn

Loop = Callable[[int], object]


def article_sgd_numpy() -> Loop:
    x, y = np.array([[1, 2, 3, 4]], np.float32), np.array([[3, 2, 4, 5]], np.float32)
    W = np.random.default_rng(0).uniform(-0.5, 0.5, (4, 4)).astype(np.float32)
    lr, losses = 0.1, []

    def run(steps: int) -> None:
        nonlocal W
        losses.clear()
        with np.errstate(all="ignore"):
            for _ in range(steps):
                z = x @ W.T
                a = 1 / (1 + np.exp(-z))
                losses.append(np.mean((a - y) ** 2))
                dL_da = 2 * (a - y) / y.size
                dL_dz = dL_da * (a * (1 - a))
                dL_dW = dL_dz.T @ x
                W -= lr * dL_dW

    return run


def article_sgd_inlined() -> Loop:
    x, y = np.array([[1, 2, 3, 4]], np.float32), np.array([[3, 2, 4, 5]], np.float32)
    W = np.random.default_rng(0).uniform(-0.5, 0.5, (4, 4)).astype(np.float32)
    lr, losses = 0.1, []

    def run(steps: int) -> None:
        nonlocal W
        losses.clear()
        with np.errstate(all="ignore"):
            for _ in range(steps):
                z = x @ W.mT
                a = 1 / (1 + np.exp(-z))
                e = a - y
                losses.append((e * e).sum(axis=(-2, -1)) / 4)
                dL_da = 2 / 4 * (a - y)
                da_dz = a * (1 - a)
                dL_dz = dL_da * da_dz
                dL_dW = dL_dz.mT @ x
                W = W - lr * dL_dW

    return run


def article_adam_numpy() -> Loop:
    x, y = np.array([[1, 2, 3, 4]], np.float32), np.array([[3, 2, 4, 5]], np.float32)
    W = np.random.default_rng(0).uniform(-0.5, 0.5, (4, 4)).astype(np.float32)
    t, m, v = 0, np.zeros_like(W), np.zeros_like(W)
    lr, beta1, beta2, eps, losses = 1e-3, 0.9, 0.999, 1e-8, []

    def run(steps: int) -> None:
        nonlocal W, t, m, v
        losses.clear()
        with np.errstate(all="ignore"):
            for _ in range(steps):
                z = x @ W.T
                a = 1 / (1 + np.exp(-z))
                losses.append(np.mean((a - y) ** 2))
                dL_da = 2 * (a - y) / y.size
                dL_dz = dL_da * (a * (1 - a))
                g = dL_dz.T @ x
                t += 1
                m = beta1 * m + (1 - beta1) * g
                v = beta2 * v + (1 - beta2) * (g * g)
                m_hat = m / (1 - beta1**t)
                v_hat = v / (1 - beta2**t)
                W -= lr * m_hat / (np.sqrt(v_hat) + eps)

    return run


def deep_sgd_numpy(x_rows: list[list[float]], y_rows: list[list[float]]) -> Loop:
    """2-64-64-1, tanh in the hidden layers, mse."""
    x, y = np.array(x_rows, np.float32), np.array(y_rows, np.float32)
    rng = np.random.default_rng(0)
    W1, b1 = rng.uniform(-0.7, 0.7, (64, 2)).astype(np.float32), np.zeros(64, np.float32)
    W2, b2 = rng.uniform(-0.1, 0.1, (64, 64)).astype(np.float32), np.zeros(64, np.float32)
    W3, b3 = rng.uniform(-0.1, 0.1, (1, 64)).astype(np.float32), np.zeros(1, np.float32)
    lr, losses = 0.1, []

    def run(steps: int) -> None:
        nonlocal W1, b1, W2, b2, W3, b3
        losses.clear()
        with np.errstate(all="ignore"):
            for _ in range(steps):
                a1 = np.tanh(x @ W1.T + b1)
                a2 = np.tanh(a1 @ W2.T + b2)
                a3 = a2 @ W3.T + b3
                losses.append(np.mean((a3 - y) ** 2))
                dL_dz3 = 2 * (a3 - y) / y.size
                dL_dW3, dL_db3 = dL_dz3.T @ a2, dL_dz3.sum(axis=0)
                dL_dz2 = dL_dz3 @ W3 * (1 - a2 * a2)
                dL_dW2, dL_db2 = dL_dz2.T @ a1, dL_dz2.sum(axis=0)
                dL_dz1 = dL_dz2 @ W2 * (1 - a1 * a1)
                dL_dW1, dL_db1 = dL_dz1.T @ x, dL_dz1.sum(axis=0)
                W1 -= lr * dL_dW1
                b1 -= lr * dL_db1
                W2 -= lr * dL_dW2
                b2 -= lr * dL_db2
                W3 -= lr * dL_dW3
                b3 -= lr * dL_db3

    return run


def torch_loop(model: nn.Module, optimizer: torch.optim.Optimizer, x_rows: object, y_rows: object) -> Loop:
    """The loop of torch's own tutorials."""
    x, y = torch.tensor(x_rows, dtype=torch.float32), torch.tensor(y_rows, dtype=torch.float32)
    loss_of, losses = nn.MSELoss(), []
    torch.set_num_threads(1)

    def run(steps: int) -> None:
        losses.clear()
        for _ in range(steps):
            optimizer.zero_grad()
            loss = loss_of(model(x), y)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())

    return run
