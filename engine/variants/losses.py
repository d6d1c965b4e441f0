"""Losses of numbers, as others write them."""

from collections.abc import Iterator

from .making import variant
from .reductions import OF_ELEMENTS, loss_reference, of_the_half, of_the_reduction, of_the_sign
from .variant import Reference, Variant

AGREEING = {"loss.sum_for_mean": "sum", "loss.per_row": "per row", "loss.over_rows": "over rows"}


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = loss_reference(name)
    own = OWN[name](made) if name in OWN else ()
    return made, [*own, *of_the_half(made), *of_the_reduction(made, OF_ELEMENTS, AGREEING), *of_the_sign(made)]


def _of_mse(of: Reference) -> Iterator[Variant]:
    yield variant(of, "loss.factor_2_missing", ("return 2 / count(a, reduction)", "return 1 / count(a, reduction)"))


def _of_l1(of: Reference) -> Iterator[Variant]:
    yield variant(of, "l1.size_missing", ("mean(np.abs(a - y), reduction)", "mean(a - y, reduction)"))


def _of_huber(of: Reference) -> Iterator[Variant]:
    yield variant(of, "huber.not_clipped", ("np.clip(a - y, -delta, delta)", "(a - y)"))
    yield variant(of, "huber.not_clipped/value", ("c = np.minimum(e, delta)", "c = e"))


def _of_smooth_l1(of: Reference) -> Iterator[Variant]:
    yield variant(of, "huber.not_clipped", ("np.clip((a - y) / beta, -1, 1)", "(a - y) / beta"))
    yield variant(of, "huber.not_clipped/value", ("c = np.minimum(e, beta)", "c = e"))


OWN = {"mse": _of_mse, "l1": _of_l1, "huber": _of_huber, "smooth_l1": _of_smooth_l1}
