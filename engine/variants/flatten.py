"""Flatten, as others write it."""

from collections.abc import Iterator

from engine.diy.layers import flatten

from .layer_rule import layer_rule
from .making import Pair, variant
from .source import Source
from .variant import Reference, Variant


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = Reference(name, Source(flatten.forward, flatten.backward), layer_rule)
    return made, [*_of_the_order(made)]


def _of_the_order(of: Reference) -> Iterator[Variant]:
    value: Pair = "x.reshape(len(x), -1)", 'x.reshape(len(x), -1, order="F")'
    gradient: Pair = "dL_dz.reshape(cache.shape)", 'dL_dz.reshape(cache.shape, order="F")'
    yield variant(of, "flatten.first_axis_fastest", value, gradient)
    yield variant(of, "flatten.first_axis_fastest/value", value)
    yield variant(of, "flatten.first_axis_fastest/gradient", gradient)
