"""The negative log likelihood of log probabilities, as others write it."""

from collections.abc import Iterator

from .cross_entropy import GIVEN_P
from .making import variant
from .reductions import OF_ROWS, loss_reference, of_the_reduction, of_the_sign
from .variant import Reference, Variant

VALUE, D = "np.where(true, a, 0)", "np.where(true, -t / n, np.zeros_like(a))"
AGREEING = {"loss.sum_for_mean": "sum of rows", "cross_entropy.divided_by_classes": "over classes"}


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = loss_reference(name)
    return made, [*_of_probabilities(made), *of_the_reduction(made, OF_ROWS, AGREEING), *of_the_sign(made)]


def _of_probabilities(of: Reference) -> Iterator[Variant]:
    value = VALUE, "np.where(true, np.log(a), 0)"
    gradient = D, "np.where(true, -t / n / a, np.zeros_like(a))"
    yield variant(of, "nll.on_probabilities", value, gradient, shows=GIVEN_P)
