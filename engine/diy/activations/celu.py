"""An ELU whose slope has no kink whatever its alpha is (Barron, 2017)."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter, to_float32

TORCH = "torch.nn.CELU"
TITLE = "CELU"
LEAST_ALPHA, MOST_ALPHA = 1e-30, 1e30  # within what float32 can hold and divide by


class Hyper(NamedTuple):
    alpha: Annotated[
        float,
        Hyperparameter(
            "Alpha",
            "How far below 0 it goes: far out on the left it comes near to −alpha.",
            low=-MOST_ALPHA,
            high=MOST_ALPHA,
            closed=True,
            live=False,
        ),
    ] = 1.0


DEFAULTS = Hyper()


def conflicts(hyper: Hyper) -> Iterator[tuple[str, str]]:
    if abs(hyper.alpha) < LEAST_ALPHA:
        yield "alpha", "not_zero"


def celu(z: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`a = z` where :math:`z > 0`, else :math:`\alpha\,(e^{z/\alpha} - 1)`

    Barron, "Continuously differentiable exponential linear units", 2017.
    """
    (alpha,) = hyper
    return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0) / alpha))


def d_celu(z: Array, a: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial a/\partial z = e^{z/\alpha}` where :math:`z \leq 0`, else 1; as in torch also where z is no
    number

    Torch's own derivative takes :math:`\alpha\,\frac1\alpha\,e^{z/\alpha}`, and keeps the :math:`\alpha` that it
    divides by in float32: in float64 it is a little apart from the value's, and so is ours.
    """
    (alpha,) = hyper
    inner = 1 / to_float32(alpha)
    return np.where(z <= 0, alpha * inner * np.exp(np.minimum(z, 0) * inner), z.dtype.type(1))
