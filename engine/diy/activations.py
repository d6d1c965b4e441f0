r"""Activations, each beside its derivative.

``f(z)`` gives :math:`a = f(z)`; ``df(z, a)`` gives :math:`\partial a / \partial z`, where ``a`` is
passed along because some derivatives read shorter in it. Both map any shape to the same shape, and
both follow ``torch.nn.functional``'s function of the same name with its default arguments, at
kinks and far out as well.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array
from scipy.special import erf  # NumPy has no error function, and the exact GELU is made of it


class Activation(NamedTuple):
    f: Callable[[Array], Array]
    df: Callable[[Array, Array], Array]


def identity(z: Array) -> Array:
    r""":math:`a = z`"""
    return z


def d_identity(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = 1`"""
    return np.ones_like(z)


@np.errstate(over="ignore")  # exp(1e4) is inf, and 1/inf is the 0 that belongs there
def sigmoid(z: Array) -> Array:
    r""":math:`a = \sigma(z) = \frac{1}{1 + e^{-z}}`"""
    return 1 / (1 + np.exp(-z))


def d_sigmoid(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = a\,(1 - a)`"""
    return a * (1 - a)


def tanh(z: Array) -> Array:
    r""":math:`a = \tanh z`"""
    return np.tanh(z)


def d_tanh(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = 1 - a^2`"""
    return 1 - a * a


def relu(z: Array) -> Array:
    r""":math:`a = \max(z, 0)`"""
    return np.maximum(z, 0)


def d_relu(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = 1 - [z \leq 0]`; as in torch it is 0 at the kink, and 1 where z is no number."""
    return 1 - (z <= 0).astype(z.dtype)


LEAKY_SLOPE = 0.01  # torch's default negative_slope


def leaky_relu(z: Array) -> Array:
    r""":math:`a = z` where :math:`z > 0`, else :math:`0.01\,z`"""
    return np.where(z > 0, z, LEAKY_SLOPE * z)


def d_leaky_relu(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = 1` where :math:`z > 0`, else :math:`0.01`"""
    return np.where(z > 0, z.dtype.type(1), z.dtype.type(LEAKY_SLOPE))


def elu(z: Array) -> Array:
    r""":math:`a = z` where :math:`z > 0`, else :math:`e^z - 1` (Clevert et al., 2015)"""
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))


def d_elu(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = e^z` where :math:`z \leq 0`, else 1; as in torch also where z is no number"""
    return np.where(z <= 0, np.exp(np.minimum(z, 0)), z.dtype.type(1))


def gelu(z: Array) -> Array:
    r""":math:`a = z\,\Phi(z)`, :math:`\Phi(z) = \frac12(1 + \mathrm{erf}(z/\sqrt2))`

    The exact form of Hendrycks & Gimpel, 2016; not the tanh approximation. In float32 torch makes of infinity no
    number, and infinity of what is above half the largest number, but of several at once alone.
    """
    cdf = 0.5 * (1 + erf(z / 2**0.5))
    return z * cdf


def d_gelu(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = \Phi(z) + z\,\varphi(z)`, :math:`\varphi = \Phi'`"""
    cdf = 0.5 * (1 + erf(z / 2**0.5))
    pdf = np.exp(-0.5 * z * z) / (2 * np.pi) ** 0.5
    return cdf + z * pdf


def silu(z: Array) -> Array:
    r""":math:`a = z\,\sigma(z)`, also called swish"""
    return z * sigmoid(z)


def d_silu(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = \sigma(z)\,(1 + z\,(1 - \sigma(z)))`"""
    s = sigmoid(z)
    return s * (1 + z * (1 - s))


SOFTPLUS_LINEAR_ABOVE = 20.0  # torch's default threshold: beyond it, softplus(z) is taken as z


def softplus(z: Array) -> Array:
    r""":math:`a = \ln(1 + e^z)`; torch takes :math:`a = z` above 20, and so do we."""
    bent = np.log1p(np.exp(np.minimum(z, SOFTPLUS_LINEAR_ABOVE)))
    return np.where(z > SOFTPLUS_LINEAR_ABOVE, z, bent)


def d_softplus(z: Array, a: Array) -> Array:
    r""":math:`\partial a/\partial z = \sigma(z) = \frac{u}{1 + u}`, :math:`u = e^z`, and 1 above 20"""
    u = np.exp(np.minimum(z, SOFTPLUS_LINEAR_ABOVE))
    return np.where(z > SOFTPLUS_LINEAR_ABOVE, z.dtype.type(1), u / (1 + u))


ACTIVATIONS: dict[str, Activation] = {
    "identity": Activation(identity, d_identity),
    "sigmoid": Activation(sigmoid, d_sigmoid),
    "tanh": Activation(tanh, d_tanh),
    "relu": Activation(relu, d_relu),
    "leaky_relu": Activation(leaky_relu, d_leaky_relu),
    "elu": Activation(elu, d_elu),
    "gelu": Activation(gelu, d_gelu),
    "silu": Activation(silu, d_silu),
    "softplus": Activation(softplus, d_softplus),
}
