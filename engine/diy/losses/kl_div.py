"""How far the outputs' distribution is from the targets': the Kullback-Leibler divergence, of log probabilities."""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

TORCH = "torch.nn.functional.kl_div"
TORCH_WARNS = "reduction: 'mean' divides"  # that another release will divide by the rows alone
TITLE = "Kullback-Leibler divergence"
TARGET = "probabilities"
OUTPUTS = "log probabilities"


class Hyper(NamedTuple):
    reduction: Annotated[
        str,
        Hyperparameter(
            "Reduction",
            "“mean” divides by rows and outputs, “batchmean” by the rows alone, as the divergence is defined.",
            live=False,
            choices=("mean", "batchmean", "sum"),
        ),
    ] = "mean"
    log_target: Annotated[
        bool,
        Hyperparameter("Targets are logarithms", "y holds log probabilities, as the outputs are.", live=False),
    ] = False


DEFAULTS = Hyper()


def kl_div(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`L = \frac1n \sum y\,(\ln y - a)` (Kullback & Leibler, 1951), where a target of 0 adds nothing

    Torch's ``mean`` is not the divergence: that is summed over the outputs, and ``batchmean`` is its mean over the
    rows. With ``log_target`` it is :math:`\frac1n \sum e^y (y - a)`.
    """
    reduction, log_target = hyper
    rows, outputs = a.shape[-2:]
    n = rows if reduction == "batchmean" else 1 if reduction == "sum" else rows * outputs
    if log_target:
        return (np.exp(y) * (y - a)).sum(axis=(-2, -1)) / n
    ln_y = np.log(np.where(y > 0, y, 1))
    return (y * ln_y - y * a).sum(axis=(-2, -1)) / n


def d_kl_div(a: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial L/\partial a = -\frac yn`, with ``log_target`` :math:`-\frac{e^y}n`"""
    reduction, log_target = hyper
    rows, outputs = a.shape[-2:]
    n = rows if reduction == "batchmean" else 1 if reduction == "sum" else rows * outputs
    p = np.exp(y) if log_target else y
    return -(p * np.ones_like(a)) / n
