"""Learning rates."""

from typing import Any

import numpy as np

from engine.diy.schedules.cyclic_lr import height

from . import instead_of


@instead_of("schedules/exponential_lr.py", "rate", "ExponentialLR")
def exponential_by_logarithm(t: int, lr: Any, hyper: Any) -> Any:
    return lr * np.exp(t * np.log(hyper.gamma))


@instead_of("schedules/cosine_annealing_lr.py", "rate", "CosineAnnealingLR")
def cosine_by_half_the_angle(t: int, lr: Any, hyper: Any) -> Any:
    height = np.cos(np.pi * t / (2 * hyper.T_max)) ** 2
    return (1 - height) * hyper.eta_min + height * lr


@instead_of("schedules/linear_lr.py", "rate", "LinearLR", "StepLR 0 warm")
def linear_by_shares(t: int, lr: Any, hyper: Any) -> Any:
    start_factor, end_factor, total_iters = hyper
    done = min(t, total_iters)
    return lr * (start_factor * (total_iters - done) + end_factor * done) / total_iters


@instead_of("schedules/polynomial_lr.py", "rate", "PolynomialLR")
def polynomial_by_steps_left(t: int, lr: Any, hyper: Any) -> Any:
    left = hyper.total_iters - min(t, hyper.total_iters)
    return lr * (left / hyper.total_iters) ** hyper.power


@instead_of("schedules/cyclic_lr.py", "rate", "CyclicLR")
def cyclic_by_shares(t: int, lr: Any, hyper: Any) -> Any:
    h = height(t, hyper)
    return (1 - h) * hyper.base_lr + h * hyper.max_lr
