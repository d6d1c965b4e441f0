r"""The rate falls by a factor when the loss has not become better for a while.

.. math::
    \gamma_t = \max(c\, \gamma_{t-1},\ \gamma_{\min}) \quad\text{after more than } p
    \text{ steps in a row that were not better than the best}

Better means below the best by a share of it ("rel") or by so much ("abs"). An old rule of thumb; as torch has it, after
a fall the loss is left alone for the cool-down, and a fall of no more than :math:`\epsilon` is not made.
"""

from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

TORCH = "torch.optim.lr_scheduler.ReduceLROnPlateau"


class Hyper(NamedTuple):
    mode: Annotated[
        str,
        Hyperparameter(
            "Mode", "Whether the loss is to fall (min) or to rise (max).", live=False, choices=("min", "max")
        ),
    ] = "min"
    factor: Annotated[
        float, Hyperparameter("Factor", "The share of the rate that a fall leaves.", high=1, live=False)
    ] = 0.1
    patience: Annotated[
        int,
        Hyperparameter("Patience", "How many steps in a row may be no better before the rate falls.", live=False),
    ] = 10
    threshold: Annotated[
        float, Hyperparameter("Threshold", "By how much a loss must be better to count.", live=False)
    ] = 1e-4
    threshold_mode: Annotated[
        str,
        Hyperparameter(
            "Threshold is", "A share of the best loss (rel) or an amount (abs).", live=False, choices=("rel", "abs")
        ),
    ] = "rel"
    cooldown: Annotated[
        int, Hyperparameter("Cool-down", "How many steps after a fall no step counts as bad.", live=False)
    ] = 0
    min_lr: Annotated[float, Hyperparameter("Lowest rate", "The rate falls no lower than this.", live=False)] = 0.0
    eps: Annotated[float, Hyperparameter("Epsilon", "A smaller fall of the rate is not made.", live=False)] = 1e-8


class State(NamedTuple):
    """Hold the state of one run, or arrays of K; ``bad`` counts steps in a row that were no better than ``best``."""

    lr: Any
    best: Any
    bad: Any
    cooldown: Any


def init(lr: float | Array, hyper: Hyper) -> State:
    return State(lr, best=np.inf if hyper.mode == "min" else -np.inf, bad=0, cooldown=0)


def is_better(loss: float | Array, best: Any, hyper: Hyper) -> Any:
    threshold, is_share = hyper.threshold, hyper.threshold_mode == "rel"
    if hyper.mode == "min":
        bound = best * (1 - threshold) if is_share else best - threshold
        return loss < bound
    bound = best * (1 + threshold) if is_share else best + threshold
    return loss > bound


def observe(loss: float | Array, state: State, hyper: Hyper) -> State:
    """Return what a step's loss leads to; ``state.lr`` is the next step's rate."""
    lr, best, bad, cooldown = state
    factor, min_lr, eps, pause = hyper.factor, hyper.min_lr, hyper.eps, hyper.cooldown
    better = is_better(loss, best, hyper)
    best = np.where(better, loss, best)
    bad = np.where(better, 0, bad + 1)
    bad = np.where(cooldown > 0, 0, bad)
    cooldown = np.maximum(cooldown - 1, 0)
    due = bad > hyper.patience
    lower = np.maximum(factor * lr, min_lr)
    lower = np.where(lr - lower > eps, lower, lr)
    lr = np.where(due, lower, lr)
    cooldown = np.where(due, pause, cooldown)
    bad = np.where(due, 0, bad)
    return State(lr, best, bad, cooldown)
