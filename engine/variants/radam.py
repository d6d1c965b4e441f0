"""RAdam, as others write it."""

from collections.abc import Iterator

from engine.diy.optimizers import radam

from .any import Lines, any_variants
from .making import variant
from .moments import AHEAD, LATER, STAYS, of_the_first_mean, of_the_mean_of_squares
from .rule import reference
from .variant import Reference, Shows, Variant

STEP = "weight = weight - lr * m_hat"
M_HAT = "m / (1 - beta1**t)"
ROOT = "(np.sqrt(v) + eps)"
ELL = f"(1 - beta2**t) ** 0.5 / {ROOT}"
RETURN = "    return weight, State(t, "
SCALED = Shows(steps=6)  # with the usual beta2, the first step at which ρ is above 5

LINES = Lines(
    ascent=((STEP, "weight = weight + lr * m_hat"),),
    rate_missing=((STEP, "weight = weight - m_hat"),),
    rate_twice=((STEP, "weight = weight - lr * lr * m_hat"),),
    decayed=((RETURN, "    weight = shrink * weight\n    return weight, State(t, "),),
    decay="either",
    counts=Shows(),
)


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = reference(name, radam)
    own = (found for group in (_of_scaling, _of_eps, _of_the_corrections, of_the_first_mean) for found in group(made))
    return made, [*own, *of_the_mean_of_squares(made, SCALED), *any_variants(made, LINES)]


def _of_scaling(of: Reference) -> Iterator[Variant]:
    sooner = (
        ("np.where(rho_t > 5, ratio", "np.where(rho_t > 4, ratio"),
        ("np.where(rho_t > 5, (1", "np.where(rho_t > 4, (1"),
    )
    yield variant(of, "radam.threshold_4", *sooner, shows=Shows(steps=5))
    yield variant(of, "radam.waits", ("ratio, 1)", "ratio, 0)"))
    yield variant(of, "radam.scale_missing", (" * ell * r", " * ell"), shows=SCALED)


def _of_eps(of: Reference) -> Iterator[Variant]:
    yield variant(of, "adam.eps_inside_root", (ELL, "1 / np.sqrt(v / (1 - beta2**t) + eps)"), shows=SCALED)
    yield variant(of, "adam.eps_inside_root/v", (ROOT, "np.sqrt(v + eps)"), shows=SCALED)
    after = "1 / (np.sqrt(v) / (1 - beta2**t) ** 0.5 + eps)"
    yield variant(of, "radam.eps_after_correction", (ELL, after), shows=SCALED)
    yield variant(of, "radam.no_eps", (ROOT, "np.sqrt(v)"), shows=SCALED, same_as=("any.eps_missing",))


def _of_the_corrections(of: Reference) -> Iterator[Variant]:
    of_m, of_v = (M_HAT, "m"), ("(1 - beta2**t) ** 0.5 / ", "1 / ")
    yield variant(of, "adam.no_bias_correction", of_m, of_v)
    yield variant(of, "adam.no_correction_of_m", of_m)
    yield variant(of, "adam.no_correction_of_v", of_v, shows=SCALED)
    of_m, of_v = ("beta1**t", "beta1"), ("(1 - beta2**t) ** 0.5", "(1 - beta2) ** 0.5")
    yield variant(of, "adam.correction_without_power", of_m, of_v, shows=LATER)
    yield variant(of, "adam.correction_without_power/m", of_m, shows=LATER)
    yield variant(of, "adam.correction_without_power/v", of_v, shows=SCALED)
    yield variant(of, "adam.correction_kept/m", ("m_hat = m /", "m_hat = m = m /"), shows=LATER)
    yield variant(of, "adam.no_root", (ELL, "(1 - beta2**t) / (v + eps)"), shows=SCALED)
    yield variant(of, "adam.m_unused", (STEP, "weight = weight - lr * g"), shows=LATER)
    yield variant(of, "adam.t_ahead", AHEAD)
    yield variant(of, "adam.t_stays", STAYS, shows=LATER)
