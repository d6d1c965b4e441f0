from typing import NamedTuple

import numpy as np


class Hyper(NamedTuple):
    lr: float = 1e-3
    betas: tuple[float, float] = (0.9, 0.999)
    eps: float = 1e-8
    weight_decay: float = 1e-2


class State(NamedTuple):
    t: int
    m: np.ndarray
    v: np.ndarray


def init(weight):
    return State(0, np.zeros_like(weight), np.zeros_like(weight))


def update(grad, state, weight, hyper):
    t = state.t + 1
    m = hyper.betas[0] * state.m + (1 - hyper.betas[0]) * grad
    v = hyper.betas[1] * state.v + (1 - hyper.betas[1]) * grad**2
    step = (m / (1 - hyper.betas[0] ** t)) / (np.sqrt(v / (1 - hyper.betas[1] ** t)) + hyper.eps)
    return weight - hyper.lr * hyper.weight_decay * weight - hyper.lr * step, State(t, m, v)
