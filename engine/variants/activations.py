"""Activations and their derivatives, as others write them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.activations import ACTIVATIONS, Activation

from .making import variant
from .source import Source
from .variant import Reference, Shows, Variant, Wrap

AT_ZERO = Shows(needs=("zeros",))
FAR_OUT = Shows(needs=("far out",))
FACTOR = "activation.factor_z_missing"
CUBIC = "(2 / np.pi) ** 0.5 * (z + 0.044715 * z**3)"
SLOPE = "(2 / np.pi) ** 0.5 * (1 + 3 * 0.044715 * z * z)"
BY_TANH = f"0.5 * z * (1 + np.tanh({CUBIC}))"
D_BY_TANH = f"0.5 * (1 + np.tanh({CUBIC})) + 0.5 * z * (1 - np.tanh({CUBIC}) ** 2) * {SLOPE}"
QUICK = "1 / (1 + np.exp(-1.702 * z))"


def variants(name: str) -> tuple[Reference, list[Variant]]:
    activation = ACTIVATIONS[name]
    made = Reference(name, Source(activation.f, activation.df), _made(activation))
    own = OWN[name](made) if name in OWN else ()
    return made, [*own, *_of_any(made)]


def _made(activation: Activation) -> Callable[[Mapping[str, Any]], Activation]:
    f, df = activation.f.__name__, activation.df.__name__
    quiet = np.errstate(all="ignore")
    return lambda names: Activation(quiet(names[f]), quiet(names[df]))


def _ones(z: Array, _: Array) -> Array:
    return np.ones_like(z)


def _derivative_of(given: Callable[[Activation, Array, Array], tuple[Array, Array]]) -> list[Wrap]:
    """Return what gives the derivative something else than z and a."""

    def around(own: Activation) -> Activation:
        return own._replace(df=lambda z, a: own.df(*given(own, z, a)))

    return [Wrap("derivative", around)]


def _of_any(of: Reference) -> Iterator[Variant]:
    if of.name != "identity":
        yield variant(of, "activation.missing", wraps=[Wrap("derivative", lambda own: own._replace(df=_ones))])
        without = Wrap("derivative", lambda _: Activation(lambda z: z, _ones))
        yield variant(of, "activation.missing/value", wraps=[without])
        alone = Wrap("value", lambda own: own._replace(f=lambda z: z))
        yield variant(of, "activation.missing/value alone", wraps=[alone])
    negated = Wrap("sign", lambda activation: activation._replace(df=lambda z, a: -activation.df(z, a)))
    yield variant(of, "activation.sign", wraps=[negated])


def _of_the_value(of: Reference) -> Iterator[Variant]:
    """Of a derivative that is the function itself."""
    value = Wrap("derivative", lambda own: own._replace(df=lambda z, _: own.f(z)))
    yield variant(of, "activation.value_for_derivative", wraps=[value])


def _of_z(of: Reference) -> Iterator[Variant]:
    """Of a derivative that reads in the output, given the input."""
    yield variant(of, "activation.of_z", wraps=_derivative_of(lambda _own, z, _a: (z, z)))


def _of_a(of: Reference) -> Iterator[Variant]:
    """Of a derivative that reads in the input, given the output."""
    yield variant(of, "activation.of_z/of a", wraps=_derivative_of(lambda own, _z, a: (a, own.f(a))))


def _sigmoid(of: Reference) -> Iterator[Variant]:
    yield from _of_z(of)
    yield from _of_a(of)
    yield variant(of, "sigmoid.sign_in_power", ("np.exp(-z)", "np.exp(z)"))
    yield variant(of, "sigmoid.factor_missing", ("return a * (1 - a)", "return a"))
    yield variant(of, "sigmoid.factor_missing/1 - a", ("return a * (1 - a)", "return 1 - a"))


def _tanh(of: Reference) -> Iterator[Variant]:
    yield from _of_z(of)
    yield from _of_a(of)
    yield variant(of, "tanh.not_squared", ("1 - a * a", "1 - a"))
    yield variant(of, "tanh.sigmoid", ("np.tanh(z)", "1 / (1 + np.exp(-z))"))


def _relu(of: Reference) -> Iterator[Variant]:
    yield variant(of, "relu.one_at_zero", ("(z <= 0)", "(z < 0)"), shows=AT_ZERO)
    half = ("1 - (z <= 0).astype(z.dtype)", "np.heaviside(z, z.dtype.type(0.5))")
    yield variant(of, "relu.half_at_zero", half, shows=AT_ZERO)
    yield variant(of, "relu.step", ("np.maximum(z, 0)", "(z > 0).astype(z.dtype)"))
    yield variant(of, "relu.minimum", ("np.maximum(z, 0)", "np.minimum(z, 0)"))
    yield from _of_the_value(of)


def _relu6(of: Reference) -> Iterator[Variant]:
    value, derivative = ("np.minimum(np.maximum(z, 0), 6)", "np.maximum(z, 0)"), ("(z <= 0) | (z >= 6)", "z <= 0")
    yield variant(of, "relu6.bound_missing", value, derivative)
    yield variant(of, "relu6.bound_missing/derivative", derivative)
    yield variant(of, "relu6.bound_missing/value", value)


def _hardtanh(of: Reference) -> Iterator[Variant]:
    derivative = "np.where((z <= min_val) | (z >= max_val), z.dtype.type(0), z.dtype.type(1))"
    yield variant(of, "hardtanh.tanh", ("np.minimum(np.maximum(z, min_val), max_val)", "np.tanh(z)"))
    yield variant(of, "hardtanh.tanh/derivative", (derivative, "1 - a * a"))


def _softsign(of: Reference) -> Iterator[Variant]:
    yield variant(of, "softsign.not_squared", ("return 1 / d + da_dd * dd_dz", "return 1 / d"))
    yield variant(of, "softsign.size_missing", ("d = 1 + np.abs(z)\n    return z / d", "return z / (1 + z)"))


def _leaky_relu(of: Reference) -> Iterator[Variant]:
    at_zero = ("np.where(z > 0, z.dtype", "np.where(z >= 0, z.dtype")
    yield variant(of, "leaky.one_at_zero", at_zero, shows=AT_ZERO)
    value, derivative = ("negative_slope * z", "0 * z"), ("z.dtype.type(negative_slope)", "z.dtype.type(0)")
    yield variant(of, "leaky.slope_missing", value, derivative)
    yield variant(of, "leaky.slope_missing/derivative", derivative)
    yield variant(of, "leaky.slope_missing/value", value)


def _elu(of: Reference) -> Iterator[Variant]:
    derivative = "np.where(z <= 0, alpha * np.exp(np.minimum(z, 0)), z.dtype.type(1))"
    by_a = (derivative, "np.where(z <= 0, z + 1, z.dtype.type(1))")
    yield variant(of, "activation.of_z", by_a)
    yield from _of_a(of)
    yield variant(of, "elu.alpha_missing", (derivative, "np.where(z <= 0, a, z.dtype.type(1))"))
    yield variant(of, "elu.one_missing", ("np.expm1", "np.exp"))


def _celu(of: Reference) -> Iterator[Variant]:
    derivative = "np.where(z <= 0, alpha * inner * np.exp(np.minimum(z, 0) * inner), z.dtype.type(1))"
    yield variant(of, "celu.one_missing", (derivative, "np.where(z <= 0, a, z.dtype.type(1))"))
    yield variant(of, "elu.one_missing/power", ("np.expm1", "np.exp"))


def _selu(of: Reference) -> Iterator[Variant]:
    value = ("SELU_SCALE * z, SELU_SCALE * SELU_ALPHA * np.expm1", "z, SELU_ALPHA * np.expm1")
    derivative = ("slope = z.dtype.type(SELU_SCALE)", "slope = z.dtype.type(1)")
    below = ("SELU_SCALE * SELU_ALPHA * np.exp(", "SELU_ALPHA * np.exp(")
    yield variant(of, "selu.scale_missing", value, derivative, below)
    yield variant(of, "selu.scale_missing/derivative", derivative, below)
    yield variant(of, "selu.scale_missing/value", value)
    yield variant(of, "elu.one_missing/power", ("np.expm1", "np.exp"))


def _gelu(of: Reference) -> Iterator[Variant]:
    value, derivative = ("return z * cdf", f"return {BY_TANH}"), ("return cdf + z * pdf", f"return {D_BY_TANH}")
    yield variant(of, "gelu.tanh", value, derivative)
    yield variant(of, "gelu.derivative_of_other", derivative)
    yield variant(of, "gelu.derivative_of_other/value", value)
    quick = ("return z * cdf", f"return z * {QUICK}")
    d_quick = ("return cdf + z * pdf", f"s = {QUICK}\n    return s + 1.702 * z * s * (1 - s)")
    yield variant(of, "gelu.sigmoid", quick, d_quick)
    yield variant(of, "gelu.density_missing", ("cdf + z * pdf", "cdf"))
    yield variant(of, "gelu.density_alone", ("cdf + z * pdf", "cdf + pdf"))
    yield variant(of, FACTOR, ("return z * cdf", "return cdf"))
    yield from _of_a(of)


def _silu(of: Reference) -> Iterator[Variant]:
    yield variant(of, "silu.term_missing", ("s * (1 + z * (1 - s))", "s * (1 - s)"))
    yield variant(of, "silu.term_missing/sigmoid", ("s * (1 + z * (1 - s))", "s"))
    yield variant(of, FACTOR, ("z * sigmoid(z)", "sigmoid(z)"))
    yield from _of_a(of)


def _softplus(of: Reference) -> Iterator[Variant]:
    value = ("np.where(beta * z > threshold, z, bent)", "np.logaddexp(z, 0)")
    derivative = "np.where(beta * z > threshold, z.dtype.type(1), u / (1 + u))"
    yield variant(of, "softplus.no_threshold", value, (derivative, "1 / (1 + np.exp(-z))"), shows=FAR_OUT)
    yield variant(of, "softplus.no_threshold/value", value, shows=FAR_OUT)
    yield variant(of, "activation.of_z", (derivative, "1 - np.exp(-z)"))  # of the output it is 1 - exp(-a)
    bent = (derivative, "np.where(beta * z > threshold, z.dtype.type(1), a)")
    yield variant(of, "activation.value_for_derivative/below the threshold", bent)
    yield from _of_a(of)


def _logsigmoid(of: Reference) -> Iterator[Variant]:
    yield variant(of, "logsigmoid.slope_of_sigmoid", ("np.where(z < 0, 1 - s, s)", "a * (1 - a)"))
    value = ("np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z)))", "1 / (1 + np.exp(-z))")
    yield variant(of, "logsigmoid.logarithm_missing", value)


def _hardswish(of: Reference) -> Iterator[Variant]:
    yield variant(of, "hardswish.term_missing", ("bent = z / 3 + 0.5", "bent = (z + 3) / 6"))
    yield variant(of, FACTOR, ("return z * rise / 6", "return rise / 6"))


def _mish(of: Reference) -> Iterator[Variant]:
    yield variant(of, "mish.sigmoid_missing", ("(1 - t * t) * sigmoid(z)", "1 - t * t"))
    yield variant(of, FACTOR, ("return z * t", "return t"))


OWN: dict[str, Callable[[Reference], Iterator[Variant]]] = {
    "identity": _of_the_value,
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "relu": _relu,
    "leaky_relu": _leaky_relu,
    "elu": _elu,
    "gelu": _gelu,
    "silu": _silu,
    "softplus": _softplus,
    "relu6": _relu6,
    "hardtanh": _hardtanh,
    "softsign": _softsign,
    "celu": _celu,
    "selu": _selu,
    "logsigmoid": _logsigmoid,
    "hardswish": _hardswish,
    "mish": _mish,
}
