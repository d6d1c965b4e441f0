"""Activations and their derivatives."""

from typing import Any

import numpy as np
from scipy.special import erfc, expit

from engine.diy.activations.sigmoid import sigmoid

from . import instead_of

DEFAULTS = ()  # never taken: the function has its own


@instead_of("activations/sigmoid.py", "sigmoid", "sigmoid", "silu", "bce", "Adam 0")
def sigmoid_by_tanh(z: Any) -> Any:
    return 0.5 * (1 + np.tanh(0.5 * z))


@instead_of("activations/sigmoid.py", "sigmoid", "sigmoid", "silu", "softplus", "bce", "Adam 0")
def sigmoid_without_overflow(z: Any) -> Any:
    return expit(z)


@instead_of("activations/sigmoid.py", "d_sigmoid", "sigmoid", "Adam 0")
def d_sigmoid_by_difference(z: Any, a: Any) -> Any:
    return a - a * a


@instead_of("activations/tanh.py", "d_tanh", "tanh", "Adam 0")
def d_tanh_by_factors(z: Any, a: Any) -> Any:
    return (1 - a) * (1 + a)


@instead_of("activations/relu.py", "relu", "relu")
def relu_by_where(z: Any) -> Any:
    return np.where(z > 0, z, 0).astype(z.dtype)


@instead_of("activations/leaky_relu.py", "leaky_relu", "leaky_relu")
def leaky_relu_by_parts(z: Any, hyper: Any = DEFAULTS) -> Any:
    (negative_slope,) = hyper
    return np.maximum(z, 0) + z.dtype.type(negative_slope) * np.minimum(z, 0)


@instead_of("activations/elu.py", "d_elu", "elu")
def d_elu_by_its_value(z: Any, a: Any, hyper: Any = DEFAULTS) -> Any:
    (alpha,) = hyper
    return np.where(z > 0, z.dtype.type(1), a + alpha)


@instead_of("activations/gelu.py", "gelu", "gelu")
def gelu_by_erfc(z: Any, hyper: Any = DEFAULTS) -> Any:
    return z * (0.5 * erfc(-z / 2**0.5))


@instead_of("activations/gelu.py", "d_gelu", "gelu")
def d_gelu_by_erfc(z: Any, a: Any, hyper: Any = DEFAULTS) -> Any:
    cdf = 0.5 * erfc(-z * 0.5**0.5)
    return cdf + z * np.exp(-(z * z) / 2) * (2 * np.pi) ** -0.5


@instead_of("activations/silu.py", "silu", "silu", "three layers")
def silu_by_quotient(z: Any) -> Any:
    with np.errstate(over="ignore"):
        return z / (1 + np.exp(-z))


@instead_of("activations/silu.py", "d_silu", "silu", "three layers")
def d_silu_by_its_value(z: Any, a: Any) -> Any:
    s = sigmoid(z)
    return s + a * (1 - s)


@instead_of("activations/softplus.py", "softplus", "softplus")
def softplus_by_logaddexp(z: Any, hyper: Any = DEFAULTS) -> Any:
    return np.where(z > 20, z, np.logaddexp(z.dtype.type(0), z))


@instead_of("activations/softplus.py", "softplus", "softplus")
def softplus_by_parts(z: Any, hyper: Any = DEFAULTS) -> Any:
    return np.where(z > 20, z, np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))


@instead_of("activations/softplus.py", "d_softplus", "softplus")
def d_softplus_by_quotient(z: Any, a: Any, hyper: Any = DEFAULTS) -> Any:
    e = np.exp(-np.abs(z))
    return np.where(z > 20, z.dtype.type(1), np.where(z > 0, 1, e) / (1 + e))
