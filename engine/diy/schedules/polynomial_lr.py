r"""The rate falls to 0 along a power of the steps that are left.

.. math::
    \gamma_t = \gamma_0 \left( 1 - \frac{\min(t, T)}{T} \right)^{p}

The "poly" policy of Caffe, known from Chen et al., "DeepLab", 2016. Where torch departs from the formula: each rate is
computed from the one before, so that rounding adds up.
"""

from typing import Annotated, NamedTuple

from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

TORCH = "torch.optim.lr_scheduler.PolynomialLR"


class Hyper(NamedTuple):
    total_iters: Annotated[int, Hyperparameter("Steps", "After how many steps the rate is 0.", low=1, live=False)] = 5
    power: Annotated[
        float, Hyperparameter("Power", "1 is a straight line; 2 falls fast at first, 0.5 at the end.", live=False)
    ] = 1.0


def rate(t: int, lr: float | Array, hyper: Hyper) -> float | Array:
    total_iters, power = hyper
    left = 1 - min(t, total_iters) / total_iters
    return lr * left**power
