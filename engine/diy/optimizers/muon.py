r"""Muon: momentum made orthogonal, so that a step goes equally far in every direction that a matrix has.

.. math::
    B_t &= \mu\, B_{t-1} + (1 - \mu)\, G_t \\
    \tilde B_t &= \mu\, B_t + (1 - \mu)\, G_t \qquad\text{(without Nesterov: } B_t\text{)} \\
    O_t &= \mathrm{NS}_k(\tilde B_t): \quad X_0 = \tilde B_t / \max(\|\tilde B_t\|_F, \epsilon), \quad
    A = X X^\top, \quad X \leftarrow a X + (b A + c A A)\, X \quad k \text{ times} \\
    w_t &= w_{t-1} - \gamma\lambda\, w_{t-1} - \gamma\, r\, O_t, \qquad
    r = \sqrt{\max(1, n_{out} / n_{in})} \text{ or } 0.2 \sqrt{\max(n_{out}, n_{in})}

Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024; the second ratio from Liu et al.,
"Muon is scalable for LLM training", 2025. Newton and Schulz's iteration drives all singular values of
:math:`\tilde B_t` to about 1 (0.7 to 1.2 with these coefficients) without computing any. Where torch departs from
the paper: both averages weigh the new gradient by :math:`1 - \mu` (the paper adds it whole; the iteration divides
by the size anyway), a matrix with more rows than columns is turned over during the iteration, and that is done in
bfloat16.

Hence parity has a limit of its own, in float64 too. Torch adds up in float32, in an order that depends on the
processor, and rounds the sum to bfloat16; here it is added up in float64. Where it lies next to the midst between two
bfloat16 numbers, the sides may round it differently, by one part in 256, and what follows makes more of it. Measured
over random gradients, :math:`O_t` is torch's bit for bit but for 1 in some thousands of matrices of up to 4×4, 1 in
400 of 8×8, 1 in 40 of 16×16 and 2 in 3 of 64×64; where not, an element is mostly 0.01 apart,
in matrices of low rank now and then half its size: the iteration raises what is next to nothing 480-fold.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..between import between
from ..bfloat16 import bfloat16
from .hyper import DecoupledDecay, Hyperparameter, LearningRate, is_on

TORCH = "torch.optim.Muon"
MATRICES_ONLY = WHOLE_WEIGHTS = True

LARGEST = 1e30  # of what torch makes a bfloat16 of: beyond float32's range it breaks off


class Hyper(NamedTuple):
    lr: LearningRate = 1e-3
    weight_decay: DecoupledDecay = 0.1
    momentum: Annotated[
        float,
        Hyperparameter("Momentum", "How much of the mean of gradients is kept each step: 0.95 averages over about 20."),
    ] = 0.95
    nesterov: Annotated[
        bool, Hyperparameter("Nesterov", "Look ahead: step along the mean as it will be when the gradient stays.")
    ] = True
    ns_coefficients: tuple[
        Annotated[
            float, Hyperparameter("Newton–Schulz a", "The factor of X in an iteration.", low=-LARGEST, high=LARGEST)
        ],
        Annotated[
            float, Hyperparameter("Newton–Schulz b", "The factor of XXᵀX in an iteration.", low=-LARGEST, high=LARGEST)
        ],
        Annotated[
            float,
            Hyperparameter("Newton–Schulz c", "The factor of XXᵀXXᵀX in an iteration.", low=-LARGEST, high=LARGEST),
        ],
    ] = (3.4445, -4.775, 2.0315)
    eps: Annotated[
        float,
        Hyperparameter(
            "Epsilon", "The least size to divide by, so that a gradient of 0 never divides by 0.", high=LARGEST
        ),
    ] = 1e-7
    ns_steps: Annotated[
        int,
        Hyperparameter("Newton–Schulz steps", "How many iterations make the step orthogonal.", high=100),
    ] = 5
    adjust_lr_fn: Annotated[
        str,
        Hyperparameter(
            "Rate by shape",
            "How the learning rate follows the matrix's shape. original: larger where there are more outputs than"
            " inputs. match_rms_adamw: steps of the size of AdamW's. Empty: original.",
            choices=("original", "match_rms_adamw"),
            optional=True,
        ),
    ] = None  # pyright: ignore[reportAssignmentType]  # as torch has it


class State(NamedTuple):
    B: Array | None  # the running mean of gradients; None until there has been one


TORCH_STATE = {"B": "momentum_buffer"}


def init(weight: Array) -> State:
    return State(B=None)


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, weight_decay, momentum, nesterov, ns_coefficients, eps, ns_steps, adjust_lr_fn = hyper
    G = grad
    B = np.zeros_like(G) if state.B is None else state.B
    B = between(B, G, 1 - momentum)
    B_tilde = between(G, B, momentum) if nesterov else B
    O = orthogonal(B_tilde, ns_coefficients, eps, ns_steps).astype(weight.dtype)  # noqa: E741  # the paper's letter
    r = ratio(adjust_lr_fn, *weight.shape[-2:])
    if is_on(weight_decay):
        weight = (1 - lr * weight_decay) * weight
    weight = weight - lr * r * O
    return weight, State(B)


def orthogonal(M: Array, coefficients: tuple[float, float, float], eps: float, steps: int) -> Array:
    """Take Newton and Schulz's iteration, every result rounded to bfloat16."""
    a, b, c = map(np.float32, coefficients)
    X = bfloat16(M)
    is_tall = M.shape[-2] > M.shape[-1]
    if is_tall:
        X = X.mT
    X = bfloat16(X / np.maximum(size(X), bfloat16(eps)))
    for _ in range(steps):
        A = bfloat16(X @ X.mT)
        B = bfloat16(b * A + c * (A @ A))
        X = bfloat16(a * X + B @ X)
    return X.mT if is_tall else X


def size(X: Array) -> Array:
    """Return the root of the sum of squares: torch's, which beyond what float32 can square is 0 or infinite."""
    if X.shape[-2:] == (1, 1):
        return np.abs(X)
    squares = np.square(np.float32(X)).sum(axis=(-2, -1), keepdims=True, dtype=np.float64)
    return bfloat16(np.sqrt(np.float32(squares)))


def ratio(adjust_lr_fn: str | None, n_out: int, n_in: int) -> float:
    """Return what the learning rate is multiplied by for the shape's sake."""
    if adjust_lr_fn == "match_rms_adamw":
        return 0.2 * max(n_out, n_in) ** 0.5
    return max(1, n_out / n_in) ** 0.5
