"""Adagrad, as others write it."""

from collections.abc import Iterator

from engine.diy.optimizers import adagrad

from . import over_steps
from .any import Lines, any_variants
from .making import variant
from .rule import reference
from .variant import Reference, Shows, Variant

STEP = "weight = weight - lr_t * g"
SUM = "G = G + g * g"
DIVISOR = "(np.sqrt(G) + eps)"
RETURN = "    return weight, State(t, G)"
LATER = Shows(steps=2)

LINES = Lines(
    ascent=((STEP, "weight = weight + lr_t * g"),),
    rate_missing=((STEP, "weight = weight - g"),),
    rate_twice=((STEP, "weight = weight - lr_t * lr_t * g"),),
    eps_missing=((DIVISOR, "np.sqrt(G)"),),
    decayed=((RETURN, f"    weight = shrink * weight\n{RETURN}"),),
    decay="l2",
    counts=Shows(on=("lr_decay",)),
)


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = reference(name, adagrad)
    return made, [*_of_the_sum(made), *any_variants(made, LINES, without=("any.state_reset",))]


def _of_the_sum(of: Reference) -> Iterator[Variant]:
    yield variant(of, "adagrad.eps_inside_root", (DIVISOR, "np.sqrt(G + eps)"))
    yield variant(of, "adagrad.no_root", (DIVISOR, "(G + eps)"))
    reset = ("any.state_reset",)
    yield variant(of, "adagrad.not_accumulated", shows=LATER, wraps=[over_steps.RESET], same_as=reset)
    counted = ("State(t, G)", "State(t, None)")
    yield variant(of, "adagrad.not_accumulated", counted, shows=LATER)
    yield variant(of, "adagrad.not_accumulated", (SUM, "G = g * g"), shows=LATER)
    yield variant(of, "adagrad.without_square", (SUM, "G = G + g"))
    yield variant(of, "adagrad.without_square/size", (SUM, "G = G + np.abs(g)"))
    yield variant(of, "adagrad.after_step", (SUM, "pass"), ("State(t, G)", "State(t, G + g * g)"))
