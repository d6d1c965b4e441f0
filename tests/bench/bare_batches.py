"""Bare loops over shuffled batches: a network of two layers with Adam, as a competent person writes it inline."""

from typing import NamedTuple

import numpy as np
import torch
from numpy import ndarray as Array
from torch import nn

from tests.bench.bare_loops import Loop


class Classified(NamedTuple):
    """``x`` (rows × inputs) and ``y`` (a class a row), for inputs-hidden-classes, in batches of ``batch`` rows."""

    x: Array
    y: Array
    hidden: int
    classes: int
    batch: int

    @classmethod
    def drawn(cls, inputs: int, hidden: int, classes: int, rows: int, batch: int) -> "Classified":
        rng = np.random.default_rng(1)
        x = rng.normal(size=(rows, inputs)).astype(np.float32)
        return cls(x, rng.integers(0, classes, rows), hidden, classes, batch)


def classes_adam_numpy(data: Classified) -> Loop:
    """ReLU in the hidden layer, cross entropy."""
    x_rows, y_rows, hidden, classes, size = data
    rng = np.random.default_rng(0)
    shapes = ((hidden, x_rows.shape[1]), (hidden,), (classes, hidden), (classes,))
    weights = [rng.uniform(-1, 1, shape).astype(np.float32) / np.float32(shape[-1] ** 0.5) for shape in shapes]
    m, v = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    lr, beta1, beta2, eps, losses, t, order = 1e-3, 0.9, 0.999, 1e-8, [], 0, rng.permutation(len(x_rows))

    def run(steps: int) -> None:
        nonlocal t, order
        losses.clear()
        with np.errstate(all="ignore"):
            for _ in range(steps):
                first = t * size % len(x_rows)
                if first == 0:
                    order = rng.permutation(len(x_rows))
                t += 1
                rows = order[first : first + size]
                x, y = x_rows[rows], y_rows[rows]
                W1, b1, W2, b2 = weights
                z1 = x @ W1.T + b1
                a1 = np.maximum(z1, 0)
                z2 = a1 @ W2.T + b2
                z2 -= z2.max(axis=1, keepdims=True)
                ln_p = z2 - np.log(np.exp(z2).sum(axis=1, keepdims=True))
                every = np.arange(len(y))
                losses.append(-np.mean(ln_p[every, y]))
                dL_dz2 = np.exp(ln_p)
                dL_dz2[every, y] -= 1
                dL_dz2 /= len(y)
                dL_dz1 = dL_dz2 @ W2 * (z1 > 0)
                gradients = (dL_dz1.T @ x, dL_dz1.sum(axis=0), dL_dz2.T @ a1, dL_dz2.sum(axis=0))
                for place, g in enumerate(gradients):
                    m[place] = beta1 * m[place] + (1 - beta1) * g
                    v[place] = beta2 * v[place] + (1 - beta2) * (g * g)
                    m_hat = m[place] / (1 - beta1**t)
                    v_hat = v[place] / (1 - beta2**t)
                    weights[place] -= lr * m_hat / (np.sqrt(v_hat) + eps)

    return run


def classes_adam_torch(data: Classified) -> Loop:
    """The loop of torch's own tutorials, with the batches taken from memory."""
    x, y, size = torch.tensor(data.x), torch.tensor(data.y), data.batch
    model = nn.Sequential(nn.Linear(x.shape[1], data.hidden), nn.ReLU(), nn.Linear(data.hidden, data.classes))
    optimizer, loss_of, losses = torch.optim.Adam(model.parameters()), nn.CrossEntropyLoss(), []
    t, order = 0, torch.randperm(len(x))

    def run(steps: int) -> None:
        nonlocal t, order
        losses.clear()
        for _ in range(steps):
            first = t * size % len(x)
            if first == 0:
                order = torch.randperm(len(x))
            t += 1
            rows = order[first : first + size]
            optimizer.zero_grad()
            loss = loss_of(model(x.index_select(0, rows)), y.index_select(0, rows))
            loss.backward()
            optimizer.step()
            losses.append(loss.item())

    return run
