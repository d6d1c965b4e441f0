"""The Gaussian error linear unit: each number, times the share of a normal distribution below it."""

from typing import Annotated, NamedTuple

import numpy as np
from numpy import ndarray as Array
from scipy.special import erf  # NumPy has no error function, and the exact GELU is made of it

from ..optimizers.hyper import Hyperparameter

TORCH = "torch.nn.GELU"
TITLE = "GELU"


class Hyper(NamedTuple):
    approximate: Annotated[
        str,
        Hyperparameter(
            "Approximate",
            "“none” takes the normal distribution itself, “tanh” a hyperbolic tangent near to it, as GPT-2 does.",
            live=False,
            choices=("none", "tanh"),
        ),
    ] = "none"


DEFAULTS = Hyper()


def gelu(z: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`a = z\,\Phi(z)`, :math:`\Phi(z) = \frac12(1 + \mathrm{erf}(z/\sqrt2))`

    Hendrycks & Gimpel, 2016: the exact form, or with ``approximate="tanh"`` their approximation. In float32 torch makes
    of infinity no number, and infinity of what is above half the largest number, but of several at once alone.
    """
    (approximate,) = hyper
    if approximate == "tanh":
        return gelu_by_tanh(z)
    cdf = 0.5 * (1 + erf(z / 2**0.5))
    return z * cdf


def d_gelu(z: Array, a: Array, hyper: Hyper = DEFAULTS) -> Array:
    r""":math:`\partial a/\partial z = \Phi(z) + z\,\varphi(z)`, :math:`\varphi = \Phi'`"""
    (approximate,) = hyper
    if approximate == "tanh":
        return d_gelu_by_tanh(z)
    cdf = 0.5 * (1 + erf(z / 2**0.5))
    pdf = np.exp(-0.5 * z * z) / (2 * np.pi) ** 0.5
    return cdf + z * pdf


def gelu_by_tanh(z: Array) -> Array:
    r""":math:`a = \frac z2 (1 + \tanh u)`, :math:`u = \sqrt{2/\pi}\,(z + 0.044715\,z^3)`"""
    u = (2 / np.pi) ** 0.5 * (z + 0.044715 * (z * z * z))
    return 0.5 * z * (1 + np.tanh(u))


def d_gelu_by_tanh(z: Array) -> Array:
    r""":math:`\partial a/\partial z = \frac12 (1 + t) + \frac z2 (1 - t^2)\,\partial u/\partial z`, with
    :math:`t = \tanh u`
    """
    u = (2 / np.pi) ** 0.5 * (z + 0.044715 * (z * z * z))
    t = np.tanh(u)
    dt_du = 1 - t * t
    du_dz = (2 / np.pi) ** 0.5 * (1 + 3 * 0.044715 * (z * z))
    return 0.5 * (1 + t) + 0.5 * z * dt_du * du_dz
