r"""A straight line from one share of the rate to another: the usual warm-up.

.. math::
    \gamma_t = \gamma_0 \left( c_0 + (c_1 - c_0)\, \frac{\min(t, T)}{T} \right)

Goyal et al., "Accurate, large minibatch SGD", 2017, warm up in this way. Where torch departs from the formula: each
rate is computed from the one before, so that rounding adds up.
"""

from typing import Annotated, NamedTuple

from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter
from .hyper import LEAST_FACTOR

TORCH = "torch.optim.lr_scheduler.LinearLR"


class Hyper(NamedTuple):
    start_factor: Annotated[
        float,
        Hyperparameter(
            "Start factor",
            "The share of the learning rate at first.",
            low=LEAST_FACTOR,
            high=1,
            closed=True,
            live=False,
        ),
    ] = 1 / 3
    end_factor: Annotated[
        float, Hyperparameter("End factor", "The share of it at the end.", high=1, closed=True, live=False)
    ] = 1.0
    total_iters: Annotated[
        int, Hyperparameter("Steps", "How many steps it takes from one to the other.", low=1, live=False)
    ] = 5


def rate(t: int, lr: float | Array, hyper: Hyper) -> float | Array:
    start_factor, end_factor, total_iters = hyper
    share = min(t, total_iters) / total_iters
    factor = start_factor + (end_factor - start_factor) * share
    return factor * lr
