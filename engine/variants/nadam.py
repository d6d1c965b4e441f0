"""NAdam, as others write it."""

from collections.abc import Iterator

from engine.diy.optimizers import nadam

from .any import Lines, any_variants
from .making import variant
from .moments import AHEAD, FROM_ZERO, LATER, STAYS, of_the_first_mean, of_the_mean_of_squares
from .rule import reference
from .variant import Reference, Shows, Variant

STEP = "weight = weight - lr * m_bar"
DIVISOR = "(np.sqrt(v_hat) + eps)"
V_HAT = "v / (1 - beta2**t)"
OF_G, OF_M = "(1 - mu) / (1 - mu_product) * g", "mu_next / (1 - mu_product * mu_next) * m"
MU = "beta1 * (1 - 0.5 * 0.96 ** (t * momentum_decay))"
MU_NEXT = "beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * momentum_decay))"
RETURN = "    return weight, State(t, "

LINES = Lines(
    ascent=((STEP, "weight = weight + lr * m_bar"),),
    rate_missing=((STEP, "weight = weight - m_bar"),),
    rate_twice=((STEP, "weight = weight - lr * lr * m_bar"),),
    eps_missing=((DIVISOR, "np.sqrt(v_hat)"),),
    decayed=((RETURN, "    weight = shrink * weight\n    return weight, State(t, "),),
    decay="either",
    counts=Shows(),
)


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = reference(name, nadam)
    family = (_of_momentum, _of_eps, _of_the_corrections, of_the_first_mean, of_the_mean_of_squares)
    return made, [*(found for group in family for found in group(made)), *any_variants(made, LINES)]


def _of_momentum(of: Reference) -> Iterator[Variant]:
    constant = (MU, "beta1"), (MU_NEXT, "beta1")
    yield variant(of, "nadam.constant_momentum", *constant)
    one = (OF_M, "mu_next / (1 - mu_product) * m")
    yield variant(of, "nadam.constant_momentum/one correction", *constant, one)
    undamped = ("(t * momentum_decay)", "t"), ("((t + 1) * momentum_decay)", "(t + 1)")
    yield variant(of, "nadam.momentum_decay_missing", *undamped)
    yield variant(of, "nadam.mean_with_momentum", ("m = beta1 * m + (1 - beta1) * g", "m = mu * m + (1 - mu) * g"))
    yield variant(of, "nadam.product_missing", ("mu_product * to_float32(mu)", "mu"), shows=LATER)
    yield variant(of, "nadam.gradient_missing", (f"{OF_G} + ", ""))


def _of_eps(of: Reference) -> Iterator[Variant]:
    yield variant(of, "adam.eps_inside_root", (DIVISOR, "np.sqrt(v_hat + eps)"))
    yield variant(of, "adam.eps_inside_root/v", (DIVISOR, "(np.sqrt(v + eps) / (1 - beta2**t) ** 0.5)"))
    yield variant(of, "adam.eps_before_correction", (DIVISOR, "((np.sqrt(v) + eps) / (1 - beta2**t) ** 0.5)"))


def _of_the_corrections(of: Reference) -> Iterator[Variant]:
    of_m, of_v = (f"{OF_G} + {OF_M}", "(1 - mu) * g + mu_next * m"), (V_HAT, "v")
    yield variant(of, "adam.no_bias_correction", of_m, of_v)
    yield variant(of, "adam.no_correction_of_m", of_m)
    yield variant(of, "adam.no_correction_of_v", of_v)
    yield variant(of, "adam.correction_without_power/v", ("beta2**t", "beta2"), shows=LATER)
    yield variant(of, "adam.correction_kept/v", ("v_hat = v /", "v_hat = v = v /"), shows=LATER)
    yield variant(of, "adam.no_root", (DIVISOR, "(v_hat + eps)"))
    yield variant(of, "adam.t_from_zero", FROM_ZERO)
    yield variant(of, "adam.t_ahead", AHEAD)
    yield variant(of, "adam.t_stays", STAYS, shows=LATER)
