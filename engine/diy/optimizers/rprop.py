r"""Rprop: a step size of its own for each weight, by the gradient's sign alone.

.. math::
    \Delta_t &= \begin{cases}
        \eta_+\, \Delta_{t-1} & \text{where } g_t\, g_{t-1} > 0 \\
        \eta_-\, \Delta_{t-1} & \text{where } g_t\, g_{t-1} < 0 \\
        \Delta_{t-1} & \text{else}
    \end{cases}
    \qquad \text{within } \Delta_{\min} \text{ and } \Delta_{\max}, \quad \Delta_0 = \gamma \\
    g_t &\leftarrow 0 \quad \text{where } g_t\, g_{t-1} < 0 \\
    w_t &= w_{t-1} - \mathrm{sign}(g_t)\, \Delta_t

Riedmiller & Braun, "A direct adaptive method for faster backpropagation learning: the RPROP algorithm",
1993. Where torch departs from that paper: a weight whose gradient turned round stays where it is, and
its last step is not taken back (that is Igel & Hüsken's iRprop−, 2000). It wants the full batch, or
signs turn by chance. The sign of NaN is 0 in torch, and so it is here.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .hyper import Hyperparameter, Maximize

TORCH = "torch.optim.Rprop"


class Hyper(NamedTuple):
    lr: Annotated[
        float,
        Hyperparameter(
            "First step size",
            "How far the first step goes, the same for every weight. From then on each weight's step size is its own.",
            live=False,
        ),
    ] = 1e-2
    etas: tuple[
        Annotated[
            float,
            Hyperparameter(
                "Eta minus",
                "What a weight's step size is multiplied by when its gradient turns round.",
                high=1.0,
                above=True,
            ),
        ],
        Annotated[
            float,
            Hyperparameter(
                "Eta plus",
                "What a weight's step size is multiplied by when its gradient keeps its direction.",
                low=1.0,
                above=True,
            ),
        ],
    ] = (0.5, 1.2)
    step_sizes: tuple[
        Annotated[float, Hyperparameter("Smallest step", "No weight's step size falls below this.")],
        Annotated[float, Hyperparameter("Largest step", "No weight's step size rises above this.")],
    ] = (1e-6, 50.0)
    maximize: Maximize = False


class State(NamedTuple):
    t: int
    g_prev: Array
    Delta: Array | None  # None until the first step, which knows its size


TORCH_STATE = {"t": "step", "g_prev": "prev", "Delta": "step_size"}


def init(weight: Array) -> State:
    return State(t=0, g_prev=np.zeros_like(weight), Delta=None)


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, (eta_minus, eta_plus), (Delta_min, Delta_max), maximize = hyper
    t, g_prev, Delta = state
    t = t + 1
    g = -grad if maximize else grad
    if Delta is None:
        Delta = np.full_like(weight, lr)
    turn = g * g_prev
    Delta = np.where(turn > 0, eta_plus * Delta, Delta)
    Delta = np.where(turn < 0, eta_minus * Delta, Delta)
    Delta = np.clip(Delta, Delta_min, Delta_max)
    g = np.where(turn < 0, 0, g)
    weight = weight - np.sign(np.nan_to_num(g)) * Delta
    return weight, State(t, g, Delta)
