r"""A smaller rate at first, then the whole.

.. math::
    \gamma_t = c\,\gamma_0 \quad (t < T), \qquad \gamma_t = \gamma_0 \quad (t \geq T)

torch takes a factor of 0, and then divides by it at the end of the first part: here it must be above 0.
"""

from typing import Annotated, NamedTuple

from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter
from .hyper import LEAST_FACTOR

TORCH = "torch.optim.lr_scheduler.ConstantLR"


class Hyper(NamedTuple):
    factor: Annotated[
        float,
        Hyperparameter(
            "Factor",
            "The share of the learning rate at first.",
            low=LEAST_FACTOR,
            high=1,
            closed=True,
            live=False,
        ),
    ] = 1 / 3
    total_iters: Annotated[
        int, Hyperparameter("Steps", "After how many steps the rate is the whole.", low=1, live=False)
    ] = 5


def rate(t: int, lr: float | Array, hyper: Hyper) -> float | Array:
    factor, total_iters = hyper
    return factor * lr if t < total_iters else lr
