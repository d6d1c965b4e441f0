"""Muon that adds the whole gradient to its mean, as the paper does, where torch adds a share of it."""

import numpy as np
from numpy import ndarray as Array

from engine.diy.optimizers.muon import Hyper, State, orthogonal, ratio


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, weight_decay, momentum, _, ns_coefficients, eps, ns_steps, adjust_lr_fn = hyper
    B = np.zeros_like(grad) if state.B is None else state.B
    B = momentum * B + grad  # mistake
    B_tilde = momentum * B + grad
    O = orthogonal(B_tilde, ns_coefficients, eps, ns_steps).astype(weight.dtype)  # noqa: E741
    weight = (1 - lr * weight_decay) * weight
    weight = weight - lr * ratio(adjust_lr_fn, *weight.shape[-2:]) * O
    return weight, State(B)
