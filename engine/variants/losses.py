"""Losses of numbers, as others write them."""

from collections.abc import Iterator

from .making import variant
from .reductions import OF_ELEMENTS, loss_reference, of_the_half, of_the_reduction, of_the_sign
from .variant import Reference, Variant

AGREEING = {"loss.sum_for_mean": "sum", "loss.per_row": "per row", "loss.over_rows": "over rows"}


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = loss_reference(name)
    own = _of_mse(made) if name == "mse" else ()
    return made, [*own, *of_the_half(made), *of_the_reduction(made, OF_ELEMENTS, AGREEING), *of_the_sign(made)]


def _of_mse(of: Reference) -> Iterator[Variant]:
    yield variant(of, "loss.factor_2_missing", ("return 2 / count(a, reduction)", "return 1 / count(a, reduction)"))
