r"""Adafactor: Adam's scaling with the memory of a row and a column in place of a whole matrix.

.. math::
    \hat\beta_{2,t} &= 1 - t^{\tau}, \qquad
    \rho_t = \min(\gamma, 1/\sqrt t), \qquad
    \alpha_t = \max(\epsilon_2, \mathrm{RMS}(w_{t-1}))\, \rho_t \\
    R_t &= \hat\beta_{2,t} R_{t-1} + (1 - \hat\beta_{2,t})\, \mathrm{mean}_{c}\, G_t^2, \qquad
    C_t = \hat\beta_{2,t} C_{t-1} + (1 - \hat\beta_{2,t})\, \mathrm{mean}_{r}\, G_t^2 \\
    \hat V_t &= R_t C_t / \max(\mathrm{mean}\, R_t, \epsilon_1) \qquad\text{(of a vector:
    } \hat V_t = V_t = \hat\beta_{2,t} V_{t-1} + (1 - \hat\beta_{2,t})\, G_t^2\text{)} \\
    U_t &= G_t / \max(\sqrt{\hat V_t}, \epsilon_1), \qquad
    \hat U_t = U_t / \max(1, \mathrm{RMS}(U_t) / d) \\
    w_t &= w_{t-1} - \gamma\lambda\, w_{t-1} - \alpha_t \hat U_t

Shazeer & Stern, "Adafactor: adaptive learning rates with sublinear memory cost", 2018, Algorithms 4 and 5.
Where torch departs from the paper: :math:`\epsilon_1` bounds the divisors from below (the paper adds it to
:math:`G_t^2`) and is the precision's own where it is None; rows and columns hold means, where the paper has
sums; and the learning rate, which the paper lacks, bounds the relative step (0.01 there) and multiplies the decay.
A root mean square that is no number bounds nothing in torch, and so it is here: ``fmax`` takes the other bound.
"""

from math import prod
from typing import Annotated, NamedTuple

import numpy as np
from numpy import inf
from numpy import ndarray as Array

from ..between import between
from ..norm import norm
from .hyper import DecoupledDecay, Hyperparameter, Maximize, is_on

TORCH = "torch.optim.Adafactor"


class Hyper(NamedTuple):
    lr: Annotated[
        float,
        Hyperparameter(
            "Learning rate",
            "The largest step, as a share of the weights' own size: 0.01 moves them by 1 % at most.",
        ),
    ] = 1e-2
    beta2_decay: Annotated[
        float,
        Hyperparameter(
            "Beta 2 decay",
            "How soon the mean of squared gradients gets a long memory: at step t a new one counts t to this power.",
            low=-inf,
            high=0.0,
            closed=True,
        ),
    ] = -0.8
    eps: tuple[
        Annotated[
            float,
            Hyperparameter(
                "Epsilon 1",
                "The least divisor, so that a gradient near 0 never divides by 0. Empty: the precision's own, 1.2e-7"
                " or 2.2e-16.",
                optional=True,
            ),
        ],
        Annotated[
            float,
            Hyperparameter("Epsilon 2", "The least size that weights count as, so that those at 0 can leave it."),
        ],
    ] = (None, 1e-3)  # pyright: ignore[reportAssignmentType]  # None is given as torch gives it
    d: Annotated[
        float,
        Hyperparameter(
            "Clipping threshold", "A step whose root mean square is above this is scaled down to it.", low=1.0
        ),
    ] = 1.0
    weight_decay: DecoupledDecay = 0.0
    maximize: Maximize = False


class State(NamedTuple):
    """Hold of a matrix R (a number a row) and C (a number a column), of a vector V; the others are None."""

    t: int
    R: Array | None
    C: Array | None
    V: Array | None


WHOLE_WEIGHTS = True
TORCH_STATE = {"t": "step", "R": "row_var", "C": "col_var", "V": "variance"}


def state_shapes(shape: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    if len(shape) < 2:
        return {"t": (), "V": shape}
    return {"t": (), "R": (*shape[:-1], 1), "C": (*shape[:-2], 1, shape[-1])}


def init(weight: Array) -> State:
    """Begin with ``weight``, which is one network's: a bias of K networks has two axes more, and is no matrix."""
    shapes = state_shapes(weight.shape)
    return State(0, *(np.zeros(shapes[symbol], weight.dtype) if symbol in shapes else None for symbol in "RCV"))


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, beta2_decay, (eps1, eps2), d, weight_decay, maximize = hyper
    t, R, C, V = state
    axes = (-2, -1) if V is None else (-1,)
    if eps1 is None:
        eps1 = np.finfo(weight.dtype).eps
    t = t + 1
    G = -grad if maximize else grad
    share = t**beta2_decay  # 1 - beta2, of which a difference would lose digits
    rho = np.minimum(lr, 1 / t**0.5)
    alpha = (np.fmax(eps2, rms(weight, axes)) * rho).astype(weight.dtype)
    if is_on(weight_decay):
        weight = (1 - lr * weight_decay) * weight
    if V is None:
        R = between(R, (G * G).mean(axis=-1, keepdims=True), share)
        C = between(C, (G * G).mean(axis=-2, keepdims=True), share)
        V_hat = R @ C / np.maximum(R.mean(axis=-2, keepdims=True), eps1)
    else:
        V = between(V, G * G, share)
        V_hat = V
    U = G / np.sqrt(np.maximum(V_hat, eps1 * eps1))
    U_hat = U / np.fmax(1, rms(U, axes) / d)
    weight = weight - alpha * U_hat
    return weight, State(t, R, C, V)


def rms(x: Array, axes: tuple[int, ...]) -> Array:
    """Return the root mean square over the whole of a vector or a matrix."""
    n = prod(x.shape[axis] for axis in axes)
    return norm(x, axes) / n**0.5
