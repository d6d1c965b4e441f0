r"""L-BFGS: a quasi-Newton step, whose curvature is told from the last few steps and how the gradient changed in them.

.. math::
    s_k &= \alpha_k d_k, \qquad y_k = g_{k+1} - g_k, \qquad \rho_k = 1 / (y_k^\top s_k), \qquad
    H_k^0 = \frac{y_k^\top s_k}{y_k^\top y_k} \\
    d_k &= -H_k g_k \text{ by two loops over the pairs kept:} \\
    q &= -g_k; \quad \text{newest first: } \alpha_i = \rho_i s_i^\top q, \quad q \leftarrow q - \alpha_i y_i \\
    r &= H_k^0 q; \quad \text{oldest first: } \beta = \rho_i y_i^\top r, \quad
    r \leftarrow r + (\alpha_i - \beta)\, s_i, \quad d_k = r \\
    w_{k+1} &= w_k + \alpha_k d_k

Nocedal & Wright, "Numerical optimization", 2006, Algorithms 7.4 and 7.5, after Liu & Nocedal, 1989. Where torch
departs from the book: a step of training is up to ``max_iter`` such iterations; without a line search
:math:`\alpha` is the learning rate, in the very first iteration shortened to a move of that much in all; a pair
whose :math:`y^\top s` is not above 1e-10 is not kept. So it moves all weights at once, as one vector, and asks for
the loss and its gradient as often as it needs them: ``minimize`` stands in ``update``'s place.

Parity has a limit here: whether to stop, to keep a pair or to search on is decided by comparisons. Near the minimum
losses differ in their last digits only, and rounding decides. Until then a pair is in lockstep.
"""

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..line_search import Evaluate, Line, Point, strong_wolfe
from .hyper import Hyperparameter

TORCH = "torch.optim.LBFGS"
CURVED = 1e-10  # the least y·s of a pair that is kept
SEARCHED = 1e-15  # the least learning rate that a line search begins with


class Hyper(NamedTuple):
    lr: Annotated[
        float,
        Hyperparameter(
            "Learning rate",
            "How far to go along the direction found: 1 is as far as the curvature says. With a line search: what it"
            " tries first.",
        ),
    ] = 1
    max_iter: Annotated[
        int,
        Hyperparameter(
            "Iterations", "How many directions are followed in one step, at the most.", low=1, high=1000, closed=True
        ),
    ] = 20
    max_eval: Annotated[
        int,
        Hyperparameter(
            "Evaluations",
            "A step ends once the loss was evaluated so often. Empty: a quarter more than iterations.",
            low=1,
            optional=True,
        ),
    ] = None  # pyright: ignore[reportAssignmentType]  # as torch has it
    tolerance_grad: Annotated[
        float,
        Hyperparameter("Gradient tolerance", "A step ends where no part of the gradient is larger than this."),
    ] = 1e-7
    tolerance_change: Annotated[
        float,
        Hyperparameter("Change tolerance", "A step ends where neither loss nor weights change by more than this."),
    ] = 1e-9
    history_size: Annotated[
        int,
        Hyperparameter(
            "History", "How many of the last iterations the curvature is told from.", low=1, high=1_000_000, live=False
        ),
    ] = 100
    line_search_fn: Annotated[
        str,
        Hyperparameter(
            "Line search",
            "strong_wolfe: try step lengths until the loss is lower and its slope flatter by enough. Empty: none.",
            choices=("strong_wolfe",),
            optional=True,
        ),
    ] = None  # pyright: ignore[reportAssignmentType]  # as torch has it


class State(NamedTuple):
    """Hold the state of all weights, end to end. Until there was an iteration, what is no count is None."""

    d: Array
    alpha: float
    S: Array  # the steps kept, oldest first: (m, n)
    Y: Array  # the changes of the gradient in them: (m, n)
    rho: Array
    H_diag: float | Array
    g_prev: Array
    L_prev: float
    n_iter: int
    func_evals: int


TORCH_STATE = {
    "d": "d",
    "alpha": "t",
    "S": "old_stps",
    "Y": "old_dirs",
    "rho": "ro",
    "H_diag": "H_diag",
    "g_prev": "prev_flat_grad",
    "L_prev": "prev_loss",
    "n_iter": "n_iter",
    "func_evals": "func_evals",
}
COMPARED = ("H_diag", "d", "alpha", "g_prev", "L_prev", "n_iter", "func_evals")  # in the order in which they arise


def state_shapes(n: int) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the entries that are compared at every step, for n weights in all."""
    return {symbol: (n,) if symbol in ("d", "g_prev") else () for symbol in COMPARED}


def conflicts(hyper: Hyper) -> Iterator[tuple[str, str]]:
    if hyper.line_search_fn is not None and hyper.lr == 0:
        yield "lr", "line_search_needs_rate"


def init(weight: Array) -> State:
    """Begin with ``weight``, which is all of them, end to end."""
    nothing: Any = None
    return State(*[nothing] * 8, n_iter=0, func_evals=0)


def minimize(
    loss: Array, grad: Array, evaluate: Evaluate, weight: Array, state: State, hyper: Hyper
) -> tuple[Array, State]:
    """Take a step; ``loss`` and ``grad`` are those at ``weight``; ``evaluate`` gives them for any other weights."""
    if hyper.line_search_fn is not None and hyper.lr < SEARCHED:
        return weight, state  # a schedule has come to 0; torch breaks off with a division by it
    max_eval = hyper.max_iter * 5 // 4 if hyper.max_eval is None else hyper.max_eval
    w, L, g = weight, float(loss), grad
    evals = 1
    iteration = 0
    moves = not np.max(np.abs(g)) <= hyper.tolerance_grad
    while moves:
        iteration = iteration + 1
        state = new_direction(g, L, state, hyper)
        d, alpha = state.d, state.alpha
        slope: Any = g.T @ d
        if slope > -hyper.tolerance_change:
            break
        if hyper.line_search_fn == "strong_wolfe":
            most = max_eval - evals
            found, tries = strong_wolfe(Line(evaluate, w, d), Point(0, L, slope, g), alpha, most)
            alpha, L, _, g = found
            state = state._replace(alpha=alpha)
            evals = evals + 1 + tries
        w = w + alpha * d
        if hyper.line_search_fn is None and iteration < hyper.max_iter:
            L, g = evaluate(w)
            L = float(L)
            evals = evals + 1
        done = iteration == hyper.max_iter or evals >= max_eval
        moves = not (done or has_converged(g, L, state, hyper))
    func_evals = state.func_evals + evals
    return w, state._replace(func_evals=func_evals)


def new_direction(g: Array, L: float, state: State, hyper: Hyper) -> State:
    """Learn the curvature from the last iteration, and tell from it where to go and how far at first."""
    n_iter = state.n_iter + 1
    if n_iter == 1:
        d = -g
        alpha = min(1.0, 1.0 / np.sum(np.abs(g))) * hyper.lr
        none = g[None][:0]
        S, Y, rho, H_diag = none, none, none[:, 0], 1.0
    else:
        S, Y, rho, H_diag = remembered(g, state, hyper.history_size)
        d = two_loops(g, S, Y, rho, H_diag)
        alpha = hyper.lr
    return State(d, alpha, S, Y, rho, H_diag, g_prev=g, L_prev=L, n_iter=n_iter, func_evals=state.func_evals)


def remembered(g: Array, state: State, history_size: int) -> tuple[Array, Array, Array, float | Array]:
    """Return the pairs with that of the last iteration, the oldest one dropped where there are too many."""
    d, alpha, S, Y, rho, H_diag, g_prev, *_ = state
    y = g - g_prev
    s = alpha * d
    curvature = y.T @ s
    if not curvature > CURVED:
        return S, Y, rho, H_diag
    if len(S) == history_size:
        S, Y, rho = S[1:], Y[1:], rho[1:]
    S = np.vstack((S, s))
    Y = np.vstack((Y, y))
    rho = np.append(rho, 1 / curvature)
    H_diag = curvature / (y.T @ y)
    return S, Y, rho, H_diag


def two_loops(g: Array, S: Array, Y: Array, rho: Array, H_diag: float | Array) -> Array:
    """Return the direction: minus the gradient times the inverse curvature, which is never made as a matrix."""
    pairs = list(zip(S, Y, rho, strict=True))
    alphas: list[Any] = []
    q = -g
    for s, y, rho_i in reversed(pairs):
        alpha_i = rho_i * (s.T @ q)
        q = q - alpha_i * y
        alphas.append(alpha_i)
    r = H_diag * q
    for (s, y, rho_i), alpha_i in zip(pairs, reversed(alphas), strict=True):
        beta = rho_i * (y.T @ r)
        r = r + (alpha_i - beta) * s
    return r


def has_converged(g: Array, L: float, state: State, hyper: Hyper) -> bool:
    """Tell whether the gradient is next to nothing, or the last iteration has changed next to nothing."""
    d, alpha, L_prev = state.d, state.alpha, state.L_prev
    if np.max(np.abs(g)) <= hyper.tolerance_grad:
        return True
    if np.max(np.abs(d * alpha)) <= hyper.tolerance_change:
        return True
    return abs(L - L_prev) < hyper.tolerance_change
