"""Optimizers without a first moment, and plain descent."""

from typing import Any

import numpy as np

from engine.diy.optimizers import adadelta, adagrad, asgd, rmsprop, rprop, sgd
from engine.diy.optimizers.hyper import to_float32

from . import instead_of


@instead_of("optimizers/sgd.py", "update", "SGD ", "three layers", "in order")
def sgd_reordered(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, momentum, dampening, weight_decay, nesterov, maximize = hyper
    b = state.b
    g = weight_decay * weight + (-grad if maximize else grad)
    step = g
    if momentum:
        b = g if b is None else (g - dampening * g) + b * momentum
        step = momentum * b + g if nesterov else b
    return weight + (-lr) * step, sgd.State(b)


@instead_of("optimizers/sgd.py", "update", "SGD ", "three layers")
def sgd_with_decay_as_a_factor(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, momentum, dampening, weight_decay, nesterov, maximize = hyper
    g = -grad if maximize else grad
    if not momentum:
        return (1 - lr * weight_decay) * weight - lr * g, sgd.State(state.b)
    decayed = g + weight * weight_decay
    b = decayed if state.b is None else momentum * (state.b - decayed) + (1 - dampening + momentum) * decayed
    return weight - (lr * (decayed + momentum * b) if nesterov else lr * b), sgd.State(b)


@instead_of("optimizers/rmsprop.py", "update", "RMSprop")
def rmsprop_by_lerp(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, alpha, eps, weight_decay, momentum, centered, maximize = hyper
    t, v, g_bar, b = state
    g = weight_decay * weight + (-grad if maximize else grad)
    v = v + (1 - alpha) * (g * g - v)
    variance = v
    if centered:
        g_bar = (1 - alpha) * g if g_bar is None else g_bar + (1 - alpha) * (g - g_bar)
        variance = v - np.square(g_bar)
    step = g * (1 / (eps + np.sqrt(variance)))
    if momentum:
        b = step if b is None else step + b * momentum
        step = b
    return weight - lr * step, rmsprop.State(t + 1, v, g_bar, b)


@instead_of("optimizers/rmsprop.py", "update", "RMSprop")
def rmsprop_with_rates_of_weights(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, alpha, eps, weight_decay, momentum, centered, maximize = hyper
    t, v, g_bar, b = state
    g = (-grad if maximize else grad) + weight * weight_decay
    v = ((1 - alpha) * g) * g + alpha * v
    variance = v
    if centered:
        g_bar = (1 - alpha) * g + (0 if g_bar is None else alpha * g_bar)
        variance = v - g_bar**2
    if not momentum:
        return weight - lr / (np.sqrt(variance) + eps) * g, rmsprop.State(t + 1, v, g_bar, b)
    b = g / (np.sqrt(variance) + eps) + (0 if b is None else momentum * b)
    return weight - lr * b, rmsprop.State(t + 1, v, g_bar, b)


@instead_of("optimizers/adagrad.py", "update", "Adagrad")
def adagrad_with_one_divisor(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, lr_decay, weight_decay, initial_accumulator_value, eps, maximize = hyper
    t, G = state
    g = weight_decay * weight + (-grad if maximize else grad)
    G = np.square(g) + (weight.dtype.type(initial_accumulator_value) if G is None else G)
    weight = weight - lr * (g / ((1 + t * lr_decay) * (np.sqrt(G) + eps)))
    return weight, adagrad.State(t + 1, G)


@instead_of("optimizers/adadelta.py", "update", "Adadelta")
def adadelta_with_one_root(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, rho, eps, weight_decay, maximize = hyper
    t, v, u = state
    g = weight_decay * weight + (-grad if maximize else grad)
    v = v + (1 - rho) * (g * g - v)
    dw = np.sqrt((u + eps) / (v + eps)) * g
    u = u + (1 - rho) * (dw * dw - u)
    return weight - lr * dw, adadelta.State(t + 1, v, u)


@instead_of("optimizers/rprop.py", "update", "Rprop")
def rprop_by_signs(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, (eta_minus, eta_plus), (Delta_min, Delta_max), maximize = hyper
    t, g_prev, Delta = state
    g = -grad if maximize else grad
    Delta = np.full_like(weight, lr) if Delta is None else Delta
    turn = np.sign(g) * np.sign(g_prev)
    eta = np.where(turn > 0, eta_plus, np.where(turn < 0, eta_minus, 1)).astype(weight.dtype)
    Delta = np.minimum(np.maximum(Delta * eta, Delta_min), Delta_max)
    g = np.where(turn < 0, 0, g).astype(weight.dtype)
    return weight - Delta * np.sign(g), rprop.State(t + 1, g, Delta)


@instead_of("optimizers/asgd.py", "update", "ASGD")
def asgd_with_the_pull_in_the_gradient(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, lambd, alpha, t0, weight_decay, maximize = hyper
    t, eta, mu, w_bar = state
    t = t + 1
    g = weight_decay * weight + (-grad if maximize else grad)
    eta = to_float32(lr if eta is None else eta)
    weight = weight - eta * (g + lambd * weight)
    mu = float(mu)  # it is kept in float32, and in that 1 - mu would be as well: too few digits for float64
    w_bar = weight if mu == 1 else (1 - mu) * w_bar + mu * weight
    eta = to_float32(lr / (lambd * lr * t + 1) ** alpha)
    mu = to_float32(1 / np.maximum(1, t - t0))
    return weight, asgd.State(t, eta, mu, w_bar)


@instead_of("optimizers/adafactor.py", "rms", "Adafactor")
def rms_by_norm(x: Any, axes: Any) -> Any:
    n = np.prod([x.shape[axis] for axis in axes])
    return np.sqrt(np.square(x).sum(axis=axes, keepdims=True)) / x.dtype.type(n**0.5)


@instead_of("optimizers/adafactor.py", "rms", "Adafactor")
def rms_summed_backwards(x: Any, axes: Any) -> Any:
    return np.sqrt(np.square(np.flip(x, axes)).mean(axis=axes, keepdims=True))
