r"""Steps at chosen places: the rate falls by a factor at each milestone.

.. math::
    \gamma_t = \gamma_0\, g^{n}, \qquad n = |\{\,m : m \leq t\,\}|

He et al., "Deep residual learning for image recognition", 2016, divide by 10 in this way. Where torch departs from the
formula: it multiplies the rate at hand at each milestone, so that rounding adds up.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter
from .hyper import Gamma

TORCH = "torch.optim.lr_scheduler.MultiStepLR"


class Hyper(NamedTuple):
    milestones: tuple[
        Annotated[
            int,
            Hyperparameter(
                "Milestones", "After how many steps the rate falls, each time anew: 100, 150, 180.", live=False
            ),
        ],
        ...,
    ]
    gamma: Gamma = 0.1


def rate(t: int, lr: float | Array, hyper: Hyper) -> float | Array:
    milestones, g = hyper
    n = sum(m <= t for m in milestones)
    return lr * np.power(g, n)
