"""What a layer that is not dense costs: the DIY lane beside a bare NumPy loop of the same arithmetic.

4-64-64-3 on 150 rows, the kind between the two hidden activations, trained by SGD; the loop is written inline, as a
person does.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from numpy import ndarray as Array

from engine.run.lockstep import Lockstep
from engine.spec import check
from tests.bench import Figure, bench, interleaved, ratio
from tests.bench.bare_loops import Loop

BOUND, STEPS, ROUNDS = 1.25, 100, 21
LR, EPS, P = 0.01, 1e-5, 0.5
UNITS = 64
Through = Callable[[Array], tuple[Array, Callable[[Array], Array]]]  # a layer's z, and its way back


def data() -> tuple[Array, Array]:
    rng = np.random.default_rng(1)
    return rng.normal(size=(150, 4)).astype(np.float32), rng.normal(size=(150, 3)).astype(np.float32)


def layer_norm() -> Through:
    w, b = np.ones(UNITS, np.float32), np.zeros(UNITS, np.float32)

    def through(x: Array) -> tuple[Array, Callable[[Array], Array]]:
        c = x - x.mean(axis=-1, keepdims=True)
        sigma = np.sqrt((c * c).mean(axis=-1, keepdims=True) + EPS)
        x_hat = c / sigma

        def back(dz: Array) -> Array:
            nonlocal w, b
            dw, db = (dz * x_hat).sum(axis=0), dz.sum(axis=0)
            dx_hat = dz * w
            direct = dx_hat / sigma
            by_mean = -direct.sum(axis=-1, keepdims=True) / UNITS
            by_variance = (dx_hat * (-x_hat / sigma)).sum(axis=-1, keepdims=True) * (x_hat / UNITS)
            w, b = w - LR * dw, b - LR * db
            return direct + by_mean + by_variance

        return w * x_hat + b, back

    return through


def rms_norm() -> Through:
    w = np.ones(UNITS, np.float32)
    eps = float(np.finfo(np.float32).eps)

    def through(x: Array) -> tuple[Array, Callable[[Array], Array]]:
        rho = np.sqrt((x * x).mean(axis=-1, keepdims=True) + eps)
        x_hat = x / rho

        def back(dz: Array) -> Array:
            nonlocal w
            dw = (dz * x_hat).sum(axis=0)
            dx_hat = dz * w
            by_square = (dx_hat * (-x_hat / rho)).sum(axis=-1, keepdims=True) * (x_hat / UNITS)
            w = w - LR * dw
            return dx_hat / rho + by_square

        return w * x_hat, back

    return through


def batch_norm() -> Through:
    w, b = np.ones(UNITS, np.float32), np.zeros(UNITS, np.float32)
    mean, var = np.zeros(UNITS, np.float32), np.ones(UNITS, np.float32)

    def through(x: Array) -> tuple[Array, Callable[[Array], Array]]:
        nonlocal mean, var
        n, mu = len(x), x.mean(axis=0, keepdims=True)
        c = x - mu
        v = (c * c).mean(axis=0, keepdims=True)
        sigma = np.sqrt(v + EPS)
        x_hat = c / sigma
        mean, var = 0.9 * mean + 0.1 * mu[0], 0.9 * var + 0.1 * (v[0] * (n / (n - 1)))

        def back(dz: Array) -> Array:
            nonlocal w, b
            dw, db = (dz * x_hat).sum(axis=0), dz.sum(axis=0)
            dx_hat = dz * w
            direct = dx_hat / sigma
            by_mean = -direct.sum(axis=0, keepdims=True) / n
            by_variance = (dx_hat * (-x_hat / sigma)).sum(axis=0, keepdims=True) * (x_hat / n)
            w, b = w - LR * dw, b - LR * db
            return direct + by_mean + by_variance

        return w * x_hat + b, back

    return through


def dropout() -> Through:
    generator, step = torch.Generator(), 0

    def through(x: Array) -> tuple[Array, Callable[[Array], Array]]:
        nonlocal step
        step += 1
        generator.manual_seed(step)
        factor = torch.empty(x.shape).bernoulli_(1 - P, generator=generator).numpy() / (1 - P)
        return x * factor, lambda dz: dz * factor

    return through


KINDS: dict[str, Callable[[], Through]] = {
    "LayerNorm": layer_norm,
    "RMSNorm": rms_norm,
    "BatchNorm1d": batch_norm,
    "Dropout": dropout,
}


def bare(kind: str) -> Loop:
    """Return the loop that a person writes."""
    x, y = data()
    rng = np.random.default_rng(0)
    W1, W2, W3 = (rng.uniform(-0.2, 0.2, shape).astype(np.float32) for shape in ((64, 4), (64, 64), (3, 64)))
    b1, b2, b3 = (np.zeros(units, np.float32) for units in (64, 64, 3))
    through, losses = KINDS[kind](), []

    def run(steps: int) -> None:
        nonlocal W1, W2, W3, b1, b2, b3
        losses.clear()
        with np.errstate(all="ignore"):
            for _ in range(steps):
                a1 = np.tanh(x @ W1.T + b1)
                z, back = through(a1)
                a2 = np.tanh(z)
                a3 = np.tanh(a2 @ W2.T + b2)
                a4 = a3 @ W3.T + b3
                losses.append(np.mean((a4 - y) ** 2))
                d4 = 2 * (a4 - y) / y.size
                dW3, db3 = d4.T @ a3, d4.sum(axis=0)
                d3 = d4 @ W3 * (1 - a3 * a3)
                dW2, db2 = d3.T @ a2, d3.sum(axis=0)
                d1 = back(d3 @ W2 * (1 - a2 * a2)) * (1 - a1 * a1)
                dW1, db1 = d1.T @ x, d1.sum(axis=0)
                for weight, slope in ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2), (W3, dW3), (b3, db3)):
                    weight -= LR * slope

    return run


def lane(kind: str) -> Loop:
    x, y = data()
    tanh: dict[str, Any] = {"units": UNITS, "activation": "tanh"}
    layers = [tanh, {"kind": kind, "activation": "tanh"}, tanh, {"units": 3}]
    raw = {
        "schema": 1,
        "data": {"x": x.tolist(), "y": y.tolist()},
        "network": {"layers": layers, "loss": "mse"},
        "optimizers": [{"name": "SGD", "params": {"lr": LR}, "backends": ["diy"]}],
    }
    return Lockstep(check(raw), parity=False, history=False).advance


def figures_of(kind: str) -> Iterator[Figure]:
    times = interleaved({"numpy": bare(kind), "diy": lane(kind)}, STEPS, ROUNDS)
    detail = " to NumPy's ".join(f"{min(times[name]) * 1e6:.0f} µs" for name in ("diy", "numpy"))
    yield Figure(f"4-64-64-3 with {kind}: DIY lane / bare NumPy", ratio(times, "diy", ("numpy",)), BOUND, detail)


# --- embedding: 3 of 27 numbers become 4 each, 12-64-27 behind them, on 300 rows ---------------------------------

VECTORS, LENGTH, CONTEXT = 27, 4, 3


def letters() -> tuple[Array, Array]:
    rng = np.random.default_rng(1)
    return rng.integers(0, VECTORS, (300, CONTEXT)), rng.normal(size=(300, VECTORS)).astype(np.float32)


def bare_embedding() -> Loop:
    """Return the loop that a person writes."""
    x, y = letters()
    rng = np.random.default_rng(0)
    inputs = CONTEXT * LENGTH
    E = rng.normal(size=(VECTORS, LENGTH)).astype(np.float32)
    W1, W2 = (rng.uniform(-0.2, 0.2, shape).astype(np.float32) for shape in ((UNITS, inputs), (VECTORS, UNITS)))
    b1, b2 = np.zeros(UNITS, np.float32), np.zeros(VECTORS, np.float32)
    losses: list[Any] = []

    def run(steps: int) -> None:
        nonlocal E, W1, W2, b1, b2
        losses.clear()
        with np.errstate(all="ignore"):
            for _ in range(steps):
                e = E[x].reshape(len(x), -1)
                a1 = np.tanh(e @ W1.T + b1)
                a2 = a1 @ W2.T + b2
                losses.append(np.mean((a2 - y) ** 2))
                d2 = 2 * (a2 - y) / y.size
                dW2, db2 = d2.T @ a1, d2.sum(axis=0)
                d1 = d2 @ W2 * (1 - a1 * a1)
                dW1, db1 = d1.T @ e, d1.sum(axis=0)
                dE = np.zeros_like(E)
                np.add.at(dE, x, (d1 @ W1).reshape(*x.shape, LENGTH))
                for weight, slope in ((E, dE), (W1, dW1), (b1, db1), (W2, dW2), (b2, db2)):
                    weight -= LR * slope

    return run


def embedding_lane() -> Loop:
    x, y = letters()
    params = {"num_embeddings": VECTORS, "embedding_dim": LENGTH}
    layers = [
        {"kind": "Embedding", "params": params},
        {"kind": "Flatten"},
        {"units": UNITS, "activation": "tanh"},
        {"units": VECTORS},
    ]
    raw = {
        "schema": 1,
        "data": {"x": x.tolist(), "y": y.tolist()},
        "network": {"layers": layers, "loss": "mse"},
        "optimizers": [{"name": "SGD", "params": {"lr": LR}, "backends": ["diy"]}],
    }
    return Lockstep(check(raw), parity=False, history=False).advance


@bench("Embedding")
def embedding_figures() -> Iterator[Figure]:
    times = interleaved({"numpy": bare_embedding(), "diy": embedding_lane()}, STEPS, ROUNDS)
    detail = " to NumPy's ".join(f"{min(times[name]) * 1e6:.0f} µs" for name in ("diy", "numpy"))
    yield Figure("Embedding-12-64-27: DIY lane / bare NumPy", ratio(times, "diy", ("numpy",)), BOUND, detail)


for _kind in KINDS:
    bench(_kind)(lambda kind=_kind: figures_of(kind))
