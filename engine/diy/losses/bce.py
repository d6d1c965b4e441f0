"""The cross entropy of yes and no, for outputs that are logits."""

from numpy import ndarray as Array

from ..activations.logsigmoid import logsigmoid
from ..activations.sigmoid import sigmoid
from ..mean import count, mean

TORCH = "torch.nn.functional.binary_cross_entropy_with_logits"
TITLE = "Binary cross-entropy"
TARGET = "probabilities"


def bce(z: Array, y: Array) -> Array:
    r"""Return the binary cross entropy of logits, torch's ``binary_cross_entropy_with_logits``.

    :math:`L = -\frac1n \sum y \ln\sigma(z) + (1 - y) \ln(1 - \sigma(z))`, which is
    :math:`\frac1n \sum (1 - y)\, z - \ln\sigma(z)`, as :math:`1 - \sigma(z) = e^{-z} \sigma(z)`.
    """
    return mean((1 - y) * z - logsigmoid(z))


def d_bce(z: Array, y: Array) -> Array:
    r""":math:`\partial L/\partial z = \frac1n (\sigma(z) - y)`"""
    return (sigmoid(z) - y) / count(z)
