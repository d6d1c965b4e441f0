"""Losses by other factors: summed for averaged, halved, negated, in value or gradient or both."""

from collections.abc import Callable, Iterator, Mapping
from itertools import permutations
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.losses import LOSSES, Loss

from .making import variant
from .source import Source
from .variant import Reference, Variant, Wrap

Factor = Callable[[Array], float]
"""By what a loss of outputs ``(..., rows, outputs)`` is larger than torch's mean."""


def _always(number: float) -> Factor:
    return lambda _: number


ONE, HALF, MINUS = _always(1.0), _always(0.5), _always(-1.0)


def _rows(a: Array) -> float:
    return a.shape[-2]


def _outputs(a: Array) -> float:
    return a.shape[-1]


def _all(a: Array) -> float:
    return a.shape[-2] * a.shape[-1]


def _per_class(a: Array) -> float:
    return 1 / a.shape[-1]


OF_ELEMENTS: dict[str, Factor] = {"mean": ONE, "sum": _all, "per row": _outputs, "over rows": _rows}
OF_ROWS: dict[str, Factor] = {"mean of rows": ONE, "sum of rows": _rows, "over classes": _per_class}
"""How a loss may be reduced, of numbers for each output, or for each row; the first is torch's."""


def loss_reference(name: str) -> Reference:
    """Return a reference made of the textbook's loss and its derivative."""
    f, df = (function.__name__ for function in LOSSES[name])
    quiet = np.errstate(all="ignore")
    return Reference(name, Source(*LOSSES[name]), lambda names: Loss(quiet(names[f]), quiet(names[df])))


def scaled(joint: str, value: Factor, gradient: Factor) -> list[Wrap]:
    """Return what multiplies value and gradient."""

    def around(loss: Loss) -> Loss:
        return Loss(lambda a, y: value(a) * loss.f(a, y), lambda a, y: gradient(a) * loss.df(a, y))

    return [Wrap(joint, around)]


def of_the_reduction(
    of: Reference, ways: Mapping[str, Factor], agreeing: Mapping[str, str], without: Any = ()
) -> Iterator[Variant]:
    """Return those of another reduction; ``agreeing``: the id of each that is in value and gradient alike."""
    for name, way in agreeing.items():
        yield variant(of, name, wraps=scaled("reduction", ways[way], ways[way]))
    for value, gradient in permutations(ways, 2):
        if (value, gradient) not in without:
            name = f"loss.gradient_of_other_reduction/{value}, {gradient}"
            yield variant(of, name, wraps=scaled("reduction", ways[value], ways[gradient]))


def of_the_sign(of: Reference) -> Iterator[Variant]:
    """Return those of a wrong sign."""
    yield variant(of, "loss.sign", wraps=scaled("sign", ONE, MINUS))
    yield variant(of, "loss.sign/value", wraps=scaled("sign", MINUS, ONE))
    yield variant(of, "loss.sign/both", wraps=scaled("sign", MINUS, MINUS))


def of_the_half(of: Reference) -> Iterator[Variant]:
    """Return those with a factor of one half."""
    yield variant(of, "loss.half", wraps=scaled("factor", HALF, HALF))
    yield variant(of, "loss.half_in_value", wraps=scaled("factor", HALF, ONE))
