"""Losses of distributions: the cross entropy of yes and no, and the divergence of Kullback and Leibler."""

from collections.abc import Iterator

from .cross_entropy import FAR_OUT, GIVEN_P, SMALL
from .losses import AGREEING
from .making import Pair, variant
from .reductions import OF_ELEMENTS, loss_reference, of_the_reduction, of_the_sign
from .variant import Reference, Variant

LN_A, LN_REST = "np.maximum(np.log(a), LEAST_LOG)", "np.maximum(np.log1p(-a), LEAST_LOG)"
SLOPE = "slope = np.maximum((1 - a) * a, LEAST_SLOPE)\n    return (a - y) / slope / count(a, reduction)"
OF_P = "return ((1 - y) / {rest} - y / {a}) / count(a, reduction)"
LN_P, P = "return (y * ln_y - y * a)", "return -(p * np.ones_like(a)) / n"


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = loss_reference(name)
    own = _of_small_numbers(made) if name == "binary_cross_entropy" else _of_probabilities(made)
    return made, [*own, *_of_terms(made), *of_the_reduction(made, OF_ELEMENTS, AGREEING), *of_the_sign(made)]


def _of_small_numbers(of: Reference) -> Iterator[Variant]:
    for eps in SMALL:
        yield from _with(of, "log_plus_eps", f"(a + {eps})", f"(1 - a + {eps})")
        clipped = f"np.clip(a, {eps}, 1 - {eps})"
        yield from _with(of, "clipped", clipped, f"(1 - {clipped})")


def _of_terms(of: Reference) -> Iterator[Variant]:
    """Return those that leave something out."""
    if of.name == "kl_div":
        yield variant(of, "kl_div.entropy_missing", (LN_P, "return (-y * a)"))
        return
    value = ("return mean((y - 1) * ln_rest - y * ln_a, reduction)", "return mean(-y * ln_a, reduction)")
    yield variant(of, "bce.term_missing/value", value)
    yield variant(of, "binary_cross_entropy.slope_missing", (SLOPE, "return (a - y) / count(a, reduction)"))


def _with(of: Reference, name: str, a: str, rest: str) -> Iterator[Variant]:
    """Return those of a probability ``a`` and of what it lacks to 1, kept off 0; the gradient goes along or not."""
    value: tuple[Pair, Pair] = (LN_A, f"np.log({a})"), (LN_REST, f"np.log({rest})")
    for gradient in ([], [(SLOPE, OF_P.format(a=a, rest=rest))]):
        yield variant(of, f"binary_cross_entropy.{name}", *value, *gradient, shows=FAR_OUT)


def _of_probabilities(of: Reference) -> Iterator[Variant]:
    value, gradient = (LN_P, "return (y * ln_y - y * np.log(a))"), (P, "return -(p / a) / n")
    yield variant(of, "kl_div.on_probabilities", value, gradient, shows=GIVEN_P)
