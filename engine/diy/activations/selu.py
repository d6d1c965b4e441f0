"""The scaled ELU: from layer to layer its results come nearer to a mean of 0 and a variance of 1."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.SELU"
TITLE = "SELU"
SELU_ALPHA = 1.6732632423543772848170429916717
SELU_SCALE = 1.0507009873554804934193349852946


def selu(z: Array) -> Array:
    r""":math:`a = \lambda z` where :math:`z > 0`, else :math:`\lambda\,\alpha\,(e^z - 1)`

    Klambauer et al., "Self-normalizing neural networks", 2017, whose :math:`\alpha` and :math:`\lambda` are so chosen
    that 0 and 1 are where mean and variance stay. They count on weights drawn with a variance of 1/inputs, which
    torch's layers do not draw by themselves.
    """
    return np.where(z > 0, SELU_SCALE * z, SELU_SCALE * SELU_ALPHA * np.expm1(np.minimum(z, 0)))


def d_selu(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = \lambda\,\alpha\,e^z` where :math:`z \leq 0`, else :math:`\lambda`; as in torch
    also where z is no number
    """
    slope = z.dtype.type(SELU_SCALE)
    return np.where(z <= 0, SELU_SCALE * SELU_ALPHA * np.exp(np.minimum(z, 0)), slope)
