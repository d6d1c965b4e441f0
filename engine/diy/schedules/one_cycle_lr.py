r"""One climb and one long descent: from a fraction of the highest rate up to it, then down to next to nothing.

.. math::
    \gamma_0 = \gamma_{\max} / d, \qquad \gamma_{\min} = \gamma_0 / d_{\text{end}}, \qquad
    \gamma_t = b + (a - b)\, \frac{1 + \cos(\pi p)}{2} \quad\text{or}\quad a + (b - a)\, p

From :math:`a` to :math:`b`, :math:`p` being the part done of a phase: first from :math:`\gamma_0` to
:math:`\gamma_{\max}`, then on to :math:`\gamma_{\min}`; of three phases the second leads back to :math:`\gamma_0`. The
momentum goes the other way. Smith & Topin, "Super-convergence", 2019; torch's cosine, and two phases, after fastai. The
optimizer's own rate plays no part. Where torch departs from this: in the step after the last planned one its rate
shoots beyond :math:`\gamma_{\min}`, below 0 even, and behind that step it raises ValueError. Here the rate stays where
the plan ends, and the run says so.
"""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter
from .hyper import LARGEST_RATE, BaseMomentum, CycleMomentum, MaxMomentum

TORCH = "torch.optim.lr_scheduler.OneCycleLR"


class Hyper(NamedTuple):
    max_lr: Annotated[
        float,
        Hyperparameter(
            "Highest rate",
            "The learning rate at the top. The optimizer's own plays no part.",
            high=LARGEST_RATE,
            closed=True,
            live=False,
        ),
    ]
    total_steps: Annotated[
        int | None,
        Hyperparameter(
            "All steps",
            "How many steps the whole takes; after them the rate stays. If none: epochs times steps per epoch.",
            low=1,
            live=False,
            optional=True,
        ),
    ] = None
    epochs: Annotated[
        int | None, Hyperparameter("Epochs", "How many epochs the whole takes.", low=1, live=False, optional=True)
    ] = None
    steps_per_epoch: Annotated[
        int | None,
        Hyperparameter("Steps per epoch", "How many steps an epoch has.", low=1, live=False, optional=True),
    ] = None
    pct_start: Annotated[
        float,
        Hyperparameter("Part that climbs", "The share of all steps that lead up.", high=1, closed=True, live=False),
    ] = 0.3
    anneal_strategy: Annotated[
        str,
        Hyperparameter("Shape", "Along the cosine or along a straight line.", live=False, choices=("cos", "linear")),
    ] = "cos"
    cycle_momentum: CycleMomentum = True
    base_momentum: BaseMomentum = 0.85
    max_momentum: MaxMomentum = 0.95
    div_factor: Annotated[
        float,
        Hyperparameter("First divisor", "The highest rate divided by this is the first.", live=False, above=True),
    ] = 25.0
    final_div_factor: Annotated[
        float,
        Hyperparameter("Last divisor", "The first rate divided by this is the last.", live=False, above=True),
    ] = 1e4
    three_phase: Annotated[
        bool,
        Hyperparameter("Three phases", "Up, down to the first rate as fast, and then to the last.", live=False),
    ] = False


def steps_of(hyper: Hyper) -> int:
    if hyper.total_steps:
        return hyper.total_steps
    epochs, steps_per_epoch = hyper.epochs or 0, hyper.steps_per_epoch or 0
    return epochs * steps_per_epoch


def ends(hyper: Hyper) -> list[float]:
    """Return the step at which each phase ends; the first begins at 0."""
    T, pct_start = steps_of(hyper), hyper.pct_start
    top = pct_start * T - 1
    back = 2 * pct_start * T - 2
    last = T - 1
    return [top, back, last] if hyper.three_phase else [top, last]


def at(t: int, values: list[float], hyper: Hyper) -> float:
    """Find where step ``t`` is on the way along ``values``, of which a phase leads from each to the next."""
    T = steps_of(hyper)
    t = min(t, T - 1)
    phases = list(zip(ends(hyper), values, values[1:], strict=False))
    begin = 0.0
    end, a, b = phases[-1]
    for phase in phases[:-1]:
        if t <= phase[0]:
            end, a, b = phase
            break
        begin = phase[0]
    p = (t - begin) / (end - begin)
    if hyper.anneal_strategy == "cos":
        return b + (a - b) * (1 + np.cos(np.pi * p)) / 2
    return a + (b - a) * p


def rate(t: int, lr: float | Array, hyper: Hyper) -> float | Array:
    high, div_factor, final_div_factor = hyper.max_lr, hyper.div_factor, hyper.final_div_factor
    first = high / div_factor
    last = first / final_div_factor
    return at(t, [first, high, first, last] if hyper.three_phase else [first, high, last], hyper)


def momentum(t: int, hyper: Hyper) -> float | None:
    if not hyper.cycle_momentum:
        return None
    low, high = hyper.base_momentum, hyper.max_momentum
    return at(t, [high, low, high, high] if hyper.three_phase else [high, low, high], hyper)


def conflicts(hyper: Hyper) -> Iterator[tuple[str, str]]:
    if not steps_of(hyper):
        yield "total_steps", "needs_total_steps"
    elif ends(hyper)[0] == 0:
        yield "pct_start", "climbs_in_no_time"
    if hyper.cycle_momentum and hyper.base_momentum > hyper.max_momentum:
        yield "base_momentum", "momenta_crossed"
