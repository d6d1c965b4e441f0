"""Adadelta, as others write it."""

from collections.abc import Iterator

from engine.diy.optimizers import adadelta

from .any import Lines, any_variants
from .making import variant
from .rule import reference
from .variant import Reference, Shows, Variant

STEP = "weight = weight - lr * dw"
SCALED = "dw = np.sqrt(u + eps) / np.sqrt(v + eps) * g"
OF_SQUARES = "v = rho * v + (1 - rho) * g * g"
OF_STEPS = "u = rho * u + (1 - rho) * dw * dw"
RETURN = "    return weight, State(t, v, u)"
LATER = Shows(steps=2)
RATE = Shows(needs=("changing rate",))  # a rate of 1 is no rate

LINES = Lines(
    ascent=((STEP, "weight = weight + lr * dw"),),
    rate_twice=((STEP, "weight = weight - lr * lr * dw"),),
    rate_missing=((STEP, "weight = weight - dw"),),
    eps_missing=((SCALED, "dw = np.sqrt(u) / np.sqrt(v) * g"),),
    decayed=((RETURN, f"    weight = shrink * weight\n{RETURN}"),),
    decay="l2",
)


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = reference(name, adadelta)
    own = (found for group in (_of_the_step, _of_the_means) for found in group(made))
    return made, [*own, *any_variants(made, LINES, without=("any.rate_missing", "any.rate_twice"))]


def _of_the_step(of: Reference) -> Iterator[Variant]:
    yield variant(of, "adadelta.no_rate", *LINES.rate_missing, shows=RATE, same_as=("any.rate_missing",))
    yield variant(of, "any.rate_twice", *LINES.rate_twice, shows=RATE)
    inside = (SCALED, f"dw = lr * {SCALED.removeprefix('dw = ')}"), *LINES.rate_missing
    yield variant(of, "adadelta.rate_in_update", *inside, shows=RATE.and_(LATER))
    outside = (SCALED, "dw = (np.sqrt(u) + eps) / (np.sqrt(v) + eps) * g")
    yield variant(of, "adadelta.eps_outside_root", outside)
    yield variant(of, "adadelta.no_root", (SCALED, "dw = (u + eps) / (v + eps) * g"))
    yield variant(of, "adadelta.roots_swapped", (SCALED, "dw = np.sqrt(v + eps) / np.sqrt(u + eps) * g"))
    yield variant(of, "adadelta.never_moves", (SCALED, "dw = np.sqrt(u) / np.sqrt(v + eps) * g"))
    yield variant(of, "adadelta.update_missing", (SCALED, "dw = g / np.sqrt(v + eps)"))


def _of_the_means(of: Reference) -> Iterator[Variant]:
    yield variant(of, "adadelta.update_before_root", (OF_STEPS, f"{OF_STEPS}\n    {SCALED}"))
    yield variant(of, "adadelta.update_of_gradient", (OF_STEPS, "u = rho * u + (1 - rho) * g * g"), shows=LATER)
    whole_v, whole_u = (OF_SQUARES, "v = rho * v + g * g"), (OF_STEPS, "u = rho * u + dw * dw")
    yield variant(of, "adadelta.not_averaged", whole_v, whole_u)
    yield variant(of, "adadelta.not_averaged/v", whole_v)
    yield variant(of, "adadelta.not_averaged/u", whole_u, shows=LATER)
