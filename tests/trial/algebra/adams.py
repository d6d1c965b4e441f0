"""Optimizers with moments."""

from typing import Any

import numpy as np

from engine.diy.optimizers import adam, adamax, nadam, radam
from engine.diy.optimizers.hyper import to_float32

from . import instead_of

ADAM = "optimizers/adam.py"


@instead_of(ADAM, "update", "Adam ", "AdamW ")
def adam_by_lerp(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, (beta1, beta2), eps, weight_decay, amsgrad, maximize, decoupled_weight_decay = hyper
    t, m, v, v_max = state
    t = t + 1
    g = -grad if maximize else grad
    if weight_decay and decoupled_weight_decay:
        weight = weight - lr * weight_decay * weight
    elif weight_decay:
        g = weight_decay * weight + g
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (g * g - v)
    largest = v
    if amsgrad:
        largest = v_max = v if v_max is None else np.maximum(v, v_max)
    m_hat = m / (1 - beta1**t)
    v_hat = largest / (1 - beta2**t)
    weight = weight - m_hat * lr / (eps + np.sqrt(v_hat))
    return weight, adam.State(t, m, v, v_max)


@instead_of(ADAM, "update", "Adam ", "AdamW ")
def adam_with_scaled_rate(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, (beta1, beta2), eps, weight_decay, amsgrad, maximize, decoupled_weight_decay = hyper
    t, m, v, v_max = state
    t = t + 1
    g = -grad if maximize else grad
    if weight_decay and decoupled_weight_decay:
        weight = weight * (1 - lr * weight_decay)
    elif weight_decay:
        g = g + weight * weight_decay
    m = (1 - beta1) * g + beta1 * m
    v = ((1 - beta2) * g) * g + beta2 * v
    largest = v
    if amsgrad:
        largest = v_max = v if v_max is None else np.maximum(v_max, v)
    root = (1 - beta2**t) ** 0.5
    lr_t = lr * root / (1 - beta1**t)
    weight = weight - lr_t * (m / (np.sqrt(largest) + root * eps))
    return weight, adam.State(t, m, v, v_max)


@instead_of(ADAM, "update", "Adam ", "AdamW ")
def adam_with_roots_apart(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, (beta1, beta2), eps, weight_decay, amsgrad, maximize, decoupled_weight_decay = hyper
    t, m, v, v_max = state
    t = t + 1
    g = -grad if maximize else grad
    if weight_decay and decoupled_weight_decay:
        weight = weight - (lr * weight_decay) * weight
    elif weight_decay:
        g = g + weight_decay * weight
    m = beta1 * m + (g - beta1 * g)
    v = beta2 * v + np.square((1 - beta2) ** 0.5 * g)
    largest = v
    if amsgrad:
        largest = v_max = v if v_max is None else np.maximum(v_max, v)
    divisor = np.sqrt(largest) / (1 - beta2**t) ** 0.5 + eps
    weight = weight - (lr / (1 - beta1**t)) * (m / divisor)
    return weight, adam.State(t, m, v, v_max)


@instead_of("optimizers/adamw.py", "update", "AdamW ")
def adamw_with_decay_apart(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, betas, eps, weight_decay, amsgrad, maximize = hyper
    old = weight
    plain = adam.Hyper(lr, betas, eps, 0.0, amsgrad, maximize)
    weight, state = adam.update(grad, state, old, plain)
    return weight - lr * weight_decay * old, state


@instead_of("optimizers/nadam.py", "update", "NAdam")
def nadam_by_lerp(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, (beta1, beta2), eps, weight_decay, momentum_decay, decoupled_weight_decay, maximize = hyper
    t, m, v, mu_product = state
    t = t + 1
    g = -grad if maximize else grad
    if weight_decay and decoupled_weight_decay:
        weight = weight - lr * weight_decay * weight
    elif weight_decay:
        g = weight_decay * weight + g
    mu = beta1 * (1 - 0.96 ** (t * momentum_decay) / 2)
    mu_next = beta1 * (1 - 0.96 ** ((t + 1) * momentum_decay) / 2)
    mu_product = to_float32(mu_product * to_float32(mu))
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (g * g - v)
    divisor = np.sqrt(v / (1 - beta2**t)) + eps
    weight = weight - (lr * (1 - mu) / (1 - mu_product)) * (g / divisor)
    weight = weight - (lr * mu_next / (1 - mu_product * mu_next)) * (m / divisor)
    return weight, nadam.State(t, m, v, mu_product)


@instead_of("optimizers/radam.py", "update", "RAdam")
def radam_with_scaled_rate(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, (beta1, beta2), eps, weight_decay, decoupled_weight_decay, maximize = hyper
    t, m, v = state
    t = t + 1
    g = -grad if maximize else grad
    if weight_decay and decoupled_weight_decay:
        weight = weight - lr * weight_decay * weight
    elif weight_decay:
        g = weight_decay * weight + g
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (g * g - v)
    lr_t = lr / (1 - beta1**t)
    rho_inf = (1 + beta2) / (1 - beta2)
    rho_t = rho_inf - 2 * t * beta2**t / (1 - beta2**t)
    if rho_t > 5:
        up, down = (rho_t - 4) * (rho_t - 2) * rho_inf, (rho_inf - 4) * (rho_inf - 2) * rho_t
        lr_t = lr_t * (up / down * (1 - beta2**t)) ** 0.5
        return weight - lr_t * (m / (np.sqrt(v) + eps)), radam.State(t, m, v)
    return weight - lr_t * m, radam.State(t, m, v)


@instead_of("optimizers/adamax.py", "update", "Adamax")
def adamax_by_lerp(grad: Any, state: Any, weight: Any, hyper: Any) -> Any:
    lr, (beta1, beta2), eps, weight_decay, maximize = hyper
    t, m, u = state
    t = t + 1
    g = -grad if maximize else grad
    if weight_decay:
        g = weight_decay * weight + g
    m = m + (1 - beta1) * (g - m)
    u = np.maximum(np.abs(g) + eps, u * beta2)
    weight = weight - lr / (1 - beta1**t) * (m / u)
    return weight, adamax.State(t, m, u)
