r"""ASGD: gradient descent at a falling rate, and beside it the mean of the weights on the way.

.. math::
    w_t &= w_{t-1} - \lambda_\eta\, \eta_t\, w_{t-1} - \eta_t\, g_t \\
    \bar w_t &= \bar w_{t-1} + \mu_t\, (w_t - \bar w_{t-1}) \\
    \eta_{t+1} &= \gamma / (1 + \lambda_\eta\, \gamma\, t)^\alpha \\
    \mu_{t+1} &= 1 / \max(1,\; t - t_0)

Polyak & Juditsky, "Acceleration of stochastic approximation by averaging", 1992; rates after Bottou,
"Large-scale machine learning with stochastic gradient descent", 2010. The training goes on at
:math:`w`; the mean :math:`\bar w` is a by-product, and follows :math:`w` until step :math:`t_0`. Where
torch departs from them: :math:`\eta` and :math:`\mu` are float32 whatever the weights are, so they are
rounded here too, and a new learning rate is first felt a step later.
"""

import sys
from collections.abc import Iterator
from math import log
from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .hyper import Hyperparameter, LearningRate, Maximize, WeightDecay, is_on, to_float32

TORCH = "torch.optim.ASGD"
FARTHEST = 1e12  # steps
FASTEST = 1e20  # a learning rate that a schedule may lead to


class Hyper(NamedTuple):
    lr: LearningRate = 1e-2
    lambd: Annotated[
        float,
        Hyperparameter(
            "Lambda",
            "How fast the learning rate falls, and how strongly every weight is pulled towards 0 besides.",
        ),
    ] = 1e-4
    alpha: Annotated[
        float,
        Hyperparameter(
            "Alpha",
            "The power by which the learning rate falls: at 1 in proportion to the steps taken, at 0 not at all.",
            high=10.0,
            closed=True,
        ),
    ] = 0.75
    t0: Annotated[
        float,
        Hyperparameter(
            "Averaging from step",
            "The step from which the mean of the weights is taken; before it, the last ones count.",
        ),
    ] = 1e6
    weight_decay: WeightDecay = 0.0
    maximize: Maximize = False


class State(NamedTuple):
    t: int
    eta: float | Array | None  # the next step's rate; None until the first step, which knows the rate
    mu: float | Array
    w_bar: Array


TORCH_STATE = {"t": "step", "eta": "eta", "mu": "mu", "w_bar": "ax"}


def conflicts(hyper: Hyper) -> Iterator[tuple[str, str]]:
    """Refuse a divisor of the rate that is no number: there Python, and torch with it, breaks off a step."""
    divisor = 1 + hyper.lambd * max(hyper.lr, FASTEST) * FARTHEST
    if hyper.alpha > 0 and hyper.alpha * log(divisor) > log(sys.float_info.max):
        yield "lambd", "outgrows_numbers"


def state_shapes(shape: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    return {"t": (), "eta": (), "mu": (), "w_bar": shape}


def init(weight: Array) -> State:
    return State(t=0, eta=None, mu=1.0, w_bar=np.zeros_like(weight))


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, lambd, alpha, t0, weight_decay, maximize = hyper
    t, eta, mu, w_bar = state
    t = t + 1
    g = -grad if maximize else grad
    if is_on(weight_decay):
        g = g + weight_decay * weight
    eta = to_float32(lr if eta is None else eta)
    weight = (1 - lambd * eta) * weight - eta * g
    w_bar = np.where(mu == 1, weight, w_bar + mu * (weight - w_bar))
    eta = to_float32(lr / (1 + lambd * lr * t) ** alpha)
    mu = to_float32(1 / np.maximum(1, t - t0))
    return weight, State(t, eta, mu, w_bar)
