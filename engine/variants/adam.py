"""Adam and AdamW, as others write them."""

from collections.abc import Iterator, Mapping
from typing import Any

from numpy import ndarray as Array

from engine.diy.optimizers import adam, adamw

from .any import Lines, any_variants
from .making import variant
from .moments import AHEAD, FROM_ZERO, LATER, of_the_first_mean, of_the_mean_of_squares
from .rule import Rule, reference, rule_of
from .variant import Reference, Shows, Variant

M_HAT = "m / (1 - beta1**t)"
ROOT = "np.sqrt(largest) / (1 - beta2**t) ** 0.5"
DIVISOR = "(sqrt_v_hat + eps)"
STEP = "weight = weight - lr * m_hat"
RETURN = "    return weight, State(t, "
LARGEST = "largest = v_max = v if v_max is None else np.maximum(v_max, v)"
AMSGRAD = Shows(on=("amsgrad",))

LINES = Lines(
    ascent=((STEP, "weight = weight + lr * m_hat"),),
    rate_missing=((STEP, "weight = weight - m_hat"),),
    rate_twice=((STEP, "weight = weight - lr * lr * m_hat"),),
    eps_missing=((DIVISOR, "sqrt_v_hat"),),
    decayed=((RETURN, "    weight = shrink * weight\n    return weight, State(t, "),),
    decay="either",
    counts=Shows(),
)


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made, lines = reference("Adam", adam), LINES
    if name == "AdamW":
        made = made._replace(name=name, made=_decoupled)
        lines = lines._replace(decay="decoupled")
    family = (_of_eps, _of_the_corrections, _of_the_rest, of_the_first_mean, of_the_mean_of_squares, _of_the_maximum)
    own = (found for group in family for found in group(made))
    return made, [*own, *any_variants(made, lines)]


def _decoupled(names: Mapping[str, Any]) -> Rule:
    """Return AdamW, which is Adam's text with the decay decoupled."""
    rule = rule_of(names)

    def update(grad: Array, state: Any, weight: Array, hyper: Any) -> tuple[Array, Any]:
        return rule.update(grad, state, weight, adam.Hyper(*hyper, decoupled_weight_decay=True))

    return rule._replace(Hyper=adamw.Hyper, update=update)


def _of_eps(of: Reference) -> Iterator[Variant]:
    inside = (DIVISOR, "sqrt_v_hat")
    yield variant(of, "adam.eps_inside_root", (ROOT, "np.sqrt(largest / (1 - beta2**t) + eps)"), inside)
    yield variant(of, "adam.eps_inside_root/v", (ROOT, "np.sqrt(largest + eps) / (1 - beta2**t) ** 0.5"), inside)
    before = (ROOT, "(np.sqrt(largest) + eps) / (1 - beta2**t) ** 0.5")
    yield variant(of, "adam.eps_before_correction", before, inside)


def _of_the_corrections(of: Reference) -> Iterator[Variant]:
    of_m, of_v = (M_HAT, "m"), (" / (1 - beta2**t) ** 0.5", "")
    yield variant(of, "adam.no_bias_correction", of_m, of_v)
    yield variant(of, "adam.no_correction_of_m", of_m)
    yield variant(of, "adam.no_correction_of_v", of_v)
    of_m, of_v = ("beta1**t", "beta1"), ("beta2**t", "beta2")
    yield variant(of, "adam.correction_without_power", of_m, of_v, shows=LATER, same_as=("adam.t_stays",))
    yield variant(of, "adam.correction_without_power/m", of_m, shows=LATER)
    yield variant(of, "adam.correction_without_power/v", of_v, shows=LATER)
    yield variant(of, "adam.beta_times_t", ("beta1**t", "beta1 * t"), shows=LATER)
    yield variant(of, "adam.corrections_swapped", ("beta1**t", "beta2 ** t"), ("beta2**t", "beta1**t"))
    yield variant(of, "adam.correction_outside_root", ("(1 - beta2**t) ** 0.5", "(1 - beta2**t)"))
    kept_m = ("m_hat = m / (1", "m_hat = m = m / (1")
    kept_v = (f"sqrt_v_hat = {ROOT}", "v = largest / (1 - beta2**t)\n    sqrt_v_hat = np.sqrt(v)")
    yield variant(of, "adam.correction_kept", kept_m, kept_v, shows=LATER)
    yield variant(of, "adam.correction_kept/m", kept_m, shows=LATER)
    yield variant(of, "adam.correction_kept/v", kept_v, shows=LATER)


def _of_the_rest(of: Reference) -> Iterator[Variant]:
    yield variant(of, "adam.t_from_zero", FROM_ZERO)
    yield variant(of, "adam.t_ahead", AHEAD)
    yield variant(of, "adam.no_root", (ROOT, "largest / (1 - beta2**t)"))
    yield variant(of, "adam.m_unused", (STEP, "weight = weight - lr * g"), shows=LATER)


def _of_the_maximum(of: Reference) -> Iterator[Variant]:
    corrected = "v / (1 - beta2**t)"
    after = f"v_max = {corrected} if v_max is None else np.maximum(v_max, {corrected})"
    largest = (LARGEST, f"{after}\n        largest = v_max * (1 - beta2**t)")
    later = AMSGRAD.and_(LATER)
    yield variant(of, "adam.max_after_correction", largest, shows=later)
    uncorrected = f"{ROOT}\n    if amsgrad:\n        m_hat, sqrt_v_hat = m, np.sqrt(largest)"
    yield variant(of, "adam.amsgrad_uncorrected", (ROOT, uncorrected), shows=AMSGRAD)
    yield variant(of, "adam.max_missing", (LARGEST, "pass"), shows=later)
    as_v = (LARGEST, LARGEST.replace("largest = v_max", "largest = v_max = v"))
    yield variant(of, "adam.max_kept_as_v", as_v, shows=AMSGRAD.and_(Shows(steps=3)))
