"""Muon's iteration by torch, and by itself with its sums moved: how far apart two right ones may come out.

torch adds up in float32, in an order that depends on the processor, and rounds the sum to bfloat16. Where it lies next
to the midst between two bfloat16 numbers it may be rounded to either, and the iteration makes more of that. How much
more depends on the matrix: so the iteration is taken several times over, its sums each time moved by as little as
their order may move them in float32.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from numpy import ndarray as Array
from torch import Tensor
from torch.optim import _muon

TRIES = 32
MOVED = 2.0**-21  # of the largest number in a matrix; some times what float32 leaves of a sum


def orthogonal(M: Array, hyper: Any) -> Array:
    """Return torch's Newton-Schulz iteration of a matrix, by the hyperparameters of Muon."""
    matrix = torch.tensor(M)
    return _muon._zeropower_via_newtonschulz(matrix, hyper.ns_coefficients, hyper.ns_steps, hyper.eps).double().numpy()


def distances(M: Array, hyper: Any) -> Iterator[float]:
    """Yield how far the iteration, moved, comes out from the iteration as it is, at the farthest element."""
    plain = _iterated(M, hyper, _rounded)
    for seed in range(TRIES):
        generator = torch.Generator().manual_seed(seed)

        def moved(x: Tensor, generator: torch.Generator = generator) -> Tensor:
            noise = torch.randn(x.shape, generator=generator, dtype=x.dtype)
            return _rounded(x + MOVED * x.abs().max() * noise)

        yield float((_iterated(M, hyper, moved) - plain).abs().max())


def _rounded(x: Tensor) -> Tensor:
    """To bfloat16, by way of float32 as sums are; kept in float64, which holds such numbers exactly."""
    return x.float().bfloat16().double()


def _iterated(M: Array, hyper: Any, rounded: Any) -> Tensor:
    """Take torch's steps in float64, each result rounded."""
    a, b, c = (float(np.float32(number)) for number in hyper.ns_coefficients)
    X = _rounded(torch.tensor(M, dtype=torch.float64))
    is_tall = X.shape[0] > X.shape[1]
    X = X.T if is_tall else X
    length = rounded(X.float().norm().double()).clamp(min=float(_rounded(torch.tensor(hyper.eps, dtype=torch.float64))))
    X = rounded(X / length)
    for _ in range(hyper.ns_steps):
        A = rounded(X @ X.T)
        B = rounded(b * A + c * (A @ A))
        X = rounded(a * X + B @ X)
    return X.T if is_tall else X
