"""The cross entropy of yes and no, for outputs that are logits."""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..activations.logsigmoid import logsigmoid
from ..activations.sigmoid import sigmoid
from ..mean import count, mean
from ..optimizers.hyper import Hyperparameter
from .hyper import Reduction

TORCH = "torch.nn.functional.binary_cross_entropy_with_logits"
TITLE = "Binary cross-entropy"
TARGET = "probabilities"


class Hyper(NamedTuple):
    reduction: Reduction = "mean"
    pos_weight: (
        tuple[
            Annotated[
                float, Hyperparameter("Weight of yes", "How much yes counts: a number for each output.", live=False)
            ],
            ...,
        ]
        | None
    ) = None


DEFAULTS = Hyper()


def bce(z: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r"""Return the binary cross entropy of logits, torch's ``binary_cross_entropy_with_logits``.

    :math:`L = -\frac1n \sum y \ln\sigma(z) + (1 - y) \ln(1 - \sigma(z))`, which is
    :math:`\frac1n \sum (1 - y)\, z - \ln\sigma(z)`, as :math:`1 - \sigma(z) = e^{-z} \sigma(z)`. With ``pos_weight``
    :math:`w_+` each :math:`y \ln\sigma(z)` counts as often: :math:`\frac1n \sum (1 - y)\, z - v \ln\sigma(z)`,
    :math:`v = 1 + (w_+ - 1)\,y`.
    """
    reduction, pos_weight = hyper
    if pos_weight is None:
        return mean((1 - y) * z - logsigmoid(z), reduction)
    v = 1 + (np.asarray(pos_weight, z.dtype) - 1) * y
    return mean((1 - y) * z - v * logsigmoid(z), reduction)


def d_bce(z: Array, y: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial L/\partial z = \frac1n (\sigma(z) - y)`, with ``pos_weight``
    :math:`\frac1n (v\,\sigma(z) - w_+\,y)`
    """
    reduction, pos_weight = hyper
    if pos_weight is None:
        return (sigmoid(z) - y) / count(z, reduction)
    yes = np.asarray(pos_weight, z.dtype) * y
    v = 1 - y + yes
    return (v * sigmoid(z) - yes) / count(z, reduction)
