r"""The rate climbs from one bound to the other and back, over and over, along straight lines.

.. math::
    c &= 1 + \lfloor t / S \rfloor, \qquad x = t / S - \lfloor t / S \rfloor \\
    h &= x / u \quad (x \leq u), \qquad h = (1 - x) / (1 - u) \quad (x > u) \\
    \gamma_t &= \gamma_{\min} + (\gamma_{\max} - \gamma_{\min})\, h\, s \\
    \mu_t &= \mu_{\max} - (\mu_{\max} - \mu_{\min})\, h\, s

:math:`S` is how many steps a cycle has, :math:`u` the part of it that climbs. :math:`s` is 1 ("triangular"),
:math:`2^{1-c}` ("triangular2": each cycle half as high) or :math:`g^t` ("exp_range"). Smith, "Cyclical learning rates
for training neural networks", 2017. The optimizer's own rate plays no part. Where torch departs from this: its
``scale_fn``, a function of one's own in place of :math:`s`, is code, which an experiment cannot hold; and after 1,024
cycles of "triangular2" it breaks off, where the rate has long been at its lower bound, and stays there here.
"""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter
from .hyper import LARGEST_RATE, BaseMomentum, CycleMomentum, MaxMomentum

TORCH = "torch.optim.lr_scheduler.CyclicLR"


class Hyper(NamedTuple):
    base_lr: Annotated[
        float,
        Hyperparameter(
            "Lowest rate",
            "The learning rate at the bottom of a cycle, where it begins. The optimizer's own plays no part.",
            high=LARGEST_RATE,
            closed=True,
            live=False,
        ),
    ]
    max_lr: Annotated[
        float,
        Hyperparameter(
            "Highest rate", "The learning rate at the top of a cycle.", high=LARGEST_RATE, closed=True, live=False
        ),
    ]
    step_size_up: Annotated[
        int, Hyperparameter("Steps up", "How many steps from the bottom to the top.", low=1, live=False)
    ] = 2000
    step_size_down: Annotated[
        int | None,
        Hyperparameter(
            "Steps down", "How many steps back to the bottom; as many as up if none.", low=1, live=False, optional=True
        ),
    ] = None
    mode: Annotated[
        str,
        Hyperparameter(
            "Mode",
            "Cycles of one height, each half as high as the one before, or lower with every step by gamma.",
            live=False,
            choices=("triangular", "triangular2", "exp_range"),
        ),
    ] = "triangular"
    gamma: Annotated[
        float,
        Hyperparameter(
            "Gamma", "What “exp_range” multiplies the height by with every step.", high=1, closed=True, live=False
        ),
    ] = 1.0
    cycle_momentum: CycleMomentum = True
    base_momentum: BaseMomentum = 0.8
    max_momentum: MaxMomentum = 0.9


def height(t: int, hyper: Hyper) -> float:
    """Tell how high the triangle is after ``t`` steps: 0 at the bottom, 1 at the top of a cycle not scaled down."""
    up, g = hyper.step_size_up, hyper.gamma
    down = up if hyper.step_size_down is None else hyper.step_size_down
    cycle = 1 + t // (up + down)
    done = t % (up + down)
    h = done / up if done <= up else (up + down - done) / down
    s = 1.0
    if hyper.mode == "triangular2":
        s = 0.5 ** (cycle - 1)
    elif hyper.mode == "exp_range":
        s = g**t
    return h * s


def rate(t: int, lr: float | Array, hyper: Hyper) -> float | Array:
    base_lr, max_lr = hyper.base_lr, hyper.max_lr
    h = height(t, hyper)
    return base_lr + (max_lr - base_lr) * h


def momentum(t: int, hyper: Hyper) -> float | None:
    if not hyper.cycle_momentum:
        return None
    base_momentum, max_momentum = hyper.base_momentum, hyper.max_momentum
    h = height(t, hyper)
    return max_momentum - (max_momentum - base_momentum) * h


def conflicts(hyper: Hyper) -> Iterator[tuple[str, str]]:
    if hyper.cycle_momentum and hyper.base_momentum > hyper.max_momentum:
        yield "base_momentum", "momenta_crossed"
