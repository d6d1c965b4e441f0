"""Adamax, as others write it."""

from collections.abc import Iterator

from engine.diy.optimizers import adamax

from .any import Lines, any_variants
from .making import variant
from .moments import AHEAD, FROM_ZERO, LATER, of_the_first_mean
from .rule import reference
from .variant import Reference, Shows, Variant

STEP = "weight = weight - lr * m_hat / u"
M_HAT = "m / (1 - beta1**t)"
LARGEST = "np.maximum(beta2 * u, np.abs(g) + eps)"
SIZE = "np.abs(g) + eps"
RETURN = "    return weight, State(t, "

LINES = Lines(
    ascent=(("weight - lr * m_hat", "weight + lr * m_hat"),),
    rate_missing=(("weight - lr * m_hat", "weight - m_hat"),),
    rate_twice=(("weight - lr * m_hat", "weight - lr * lr * m_hat"),),
    decayed=((RETURN, "    weight = shrink * weight\n    return weight, State(t, "),),
    decay="l2",
    counts=Shows(),
)


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = reference(name, adamax)
    family = (_of_the_maximum, _of_the_correction, of_the_first_mean)
    return made, [*(found for group in family for found in group(made)), *any_variants(made, LINES)]


def _of_the_maximum(of: Reference) -> Iterator[Variant]:
    outside = (SIZE, "np.abs(g)"), (STEP, "weight = weight - lr * m_hat / (u + eps)")
    yield variant(of, "adamax.eps_outside", *outside, shows=LATER)
    yield variant(of, "adamax.no_eps", (SIZE, "np.abs(g)"), same_as=("any.eps_missing",))
    yield variant(of, "adamax.u_corrected", (STEP, "weight = weight - lr * m_hat / (u / (1 - beta2**t))"))
    yield variant(of, "adamax.u_not_decayed", ("np.maximum(beta2 * u", "np.maximum(u"), shows=LATER)
    yield variant(of, "adamax.max_missing", (LARGEST, SIZE), shows=LATER)
    yield variant(of, "adamax.sign_in_max", ("np.abs(g)", "g"))
    yield variant(of, "adam.v_of_m", ("np.abs(g)", "np.abs(m)"))


def _of_the_correction(of: Reference) -> Iterator[Variant]:
    as_adam = ("adam.no_bias_correction", "adam.no_correction_of_m")
    yield variant(of, "adamax.no_bias_correction", (M_HAT, "m"), same_as=as_adam)
    power = ("beta1**t", "beta1")
    yield variant(of, "adam.correction_without_power/m", power, shows=LATER, same_as=("adam.t_stays",))
    yield variant(of, "adam.beta_times_t", ("beta1**t", "beta1 * t"), shows=LATER)
    yield variant(of, "adam.correction_kept/m", ("m_hat = m /", "m_hat = m = m /"), shows=LATER)
    yield variant(of, "adam.m_unused", (STEP, "weight = weight - lr * g / u"), shows=LATER)
    yield variant(of, "adam.t_from_zero", FROM_ZERO)
    yield variant(of, "adam.t_ahead", AHEAD)
