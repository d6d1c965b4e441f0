r"""RMSprop: each gradient over its running root mean square.

.. math::
    v_t &= \alpha\, v_{t-1} + (1 - \alpha)\, g_t^2 \\
    \bar g_t &= \alpha\, \bar g_{t-1} + (1 - \alpha)\, g_t
    \qquad\text{(centered: with } v_t - \bar g_t^2 \text{ in place of } v_t \text{ below)} \\
    b_t &= \mu\, b_{t-1} + g_t / (\sqrt{v_t} + \epsilon) \\
    w_t &= w_{t-1} - \gamma\, b_t

Tieleman & Hinton, "Neural networks for machine learning", lecture 6.5, 2012; centered after Graves,
"Generating sequences with recurrent neural networks", 2013. Where torch departs from Graves: the
:math:`\epsilon` is added to the root, not under it. Centered, the divisor is a difference of nearly equal
numbers where gradients hardly vary, and little of it is left but rounding.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .hyper import Eps, Hyperparameter, LearningRate, Maximize, WeightDecay, is_on

TORCH = "torch.optim.RMSprop"


class Hyper(NamedTuple):
    lr: LearningRate = 1e-2
    alpha: Annotated[
        float,
        Hyperparameter(
            "Alpha",
            "How much of the running mean of squared gradients is kept: 0.99 averages over about 100 steps.",
            high=1.0,
            closed=True,
        ),
    ] = 0.99
    eps: Eps = 1e-8
    weight_decay: WeightDecay = 0.0
    momentum: Annotated[
        float,
        Hyperparameter("Momentum", "How much of the last step's velocity is kept: 0.9 keeps nine tenths.", live=False),
    ] = 0.0
    centered: Annotated[
        bool,
        Hyperparameter(
            "Centered", "Divide by how much the gradient varies about its mean, not by how large it is.", live=False
        ),
    ] = False
    maximize: Maximize = False


class State(NamedTuple):
    t: int
    v: Array
    g_bar: Array | None  # None unless centered
    b: Array | None  # None without momentum


TORCH_STATE = {"t": "step", "v": "square_avg", "g_bar": "grad_avg", "b": "momentum_buffer"}


def init(weight: Array) -> State:
    return State(t=0, v=np.zeros_like(weight), g_bar=None, b=None)


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, alpha, eps, weight_decay, momentum, centered, maximize = hyper
    t, v, g_bar, b = state
    t = t + 1
    g = -grad if maximize else grad
    if is_on(weight_decay):
        g = g + weight_decay * weight
    v = alpha * v + (1 - alpha) * g * g
    variance = v
    if centered:
        g_bar = (1 - alpha) * g if g_bar is None else alpha * g_bar + (1 - alpha) * g
        variance = v - np.nan_to_num(g_bar * g_bar)  # torch rounds the difference alone: an infinite v stays so
    rms = np.sqrt(variance) + eps
    if is_on(momentum):
        step = g / rms
        b = step if b is None else momentum * b + step
        weight = weight - lr * b
    else:
        weight = weight - lr * g / rms
    return weight, State(t, v, g_bar, b)
