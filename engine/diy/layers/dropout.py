r"""Dropout (Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, 2014, "Dropout"): some numbers are left out.

In each step of training every number of ``x`` stays with probability :math:`1 - p`, or is 0. With
:math:`m` 1 where it stays and 0 where not, drawn anew in each step,

.. math:: z = x \odot \frac{m}{1 - p}

so that the mean of z is x. What is evaluated is left as it is. ``x``, ``z`` and ``m`` are ``(rows, columns)``.

Warning, where torch departs from the paper: that lets the numbers be in training and shrinks the weights by
:math:`1 - p` in evaluation; torch enlarges what stays in training, and evaluates without a word ("inverted dropout").
"""

from collections.abc import Mapping
from typing import Annotated, NamedTuple

from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

TORCH = "torch.nn.Dropout"
TITLE = "Dropout"


class Hyper(NamedTuple):
    p: Annotated[
        float,
        Hyperparameter(
            "Share dropped",
            "How many of the numbers are set to 0 in each step of training; the others are enlarged by as much.",
            high=1.0,
            closed=True,
            live=False,
        ),
    ] = 0.5


class Cache(NamedTuple):
    """Hold what each number was multiplied by; None where nothing was dropped."""

    dz_dx: Array | None


def shapes(inputs: tuple[int, ...], hyper: Hyper) -> dict[str, tuple[int, ...]]:
    """Return no parameter: nothing is trained."""
    return {}


def mask_share(hyper: Hyper) -> float:
    """Return the probability with which a number stays: its mask is then 1, else 0."""
    return 1 - hyper.p


def forward(x: Array, params: Mapping[str, Array], name: str, hyper: Hyper) -> tuple[Array, Cache]:
    r"""Return :math:`z = x \odot m/(1 - p)`, and the factor, which the backward pass needs again."""
    mask = params.get(f"{name}.mask")
    if mask is None:
        return evaluate(x, params, name, hyper)
    dz_dx = mask
    if hyper.p < 1:
        dz_dx = mask / (1 - hyper.p)
    z = x * dz_dx
    return z, Cache(dz_dx)


def evaluate(x: Array, params: Mapping[str, Array], name: str, hyper: Hyper) -> tuple[Array, Cache]:
    """Return the input as it is: nothing is dropped."""
    return x, Cache(None)


def backward(
    dL_dz: Array,
    cache: Cache,
    params: Mapping[str, Array],
    name: str,
    hyper: Hyper,
    wants_dL_dx: bool = True,
) -> tuple[Array | None, dict[str, Array]]:
    r"""Return the gradient of the input, :math:`\partial z/\partial x = m/(1 - p)`; there are no parameters."""
    if not wants_dL_dx:
        return None, {}
    dz_dx = cache.dz_dx
    dL_dx = dL_dz
    if dz_dx is not None:
        dL_dx = dL_dz * dz_dx
    return dL_dx, {}
