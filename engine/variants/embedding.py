"""A table of rows that are looked up by their numbers, as others write it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .layer_rule import layer_rule
from .making import variant
from .source import Source
from .variant import Reference, Variant

ADDED = "np.add.at(dL_dw, cache.x, dL_dz)"


class Cache(NamedTuple):
    x: Array


def forward(x: Array, params: Mapping[str, Array], name: str, hyper: Any) -> tuple[Array, Cache]:  # noqa: ARG001
    r"""Return the rows :math:`z_i = w_{x_i}` of the table, for whole numbers ``x`` of any shape."""
    w = params[f"{name}.weight"]
    z = w[x]
    return z, Cache(x)


def backward(
    dL_dz: Array,
    cache: Cache,
    params: Mapping[str, Array],
    name: str,
    hyper: Any,  # noqa: ARG001
    wants_dL_dx: bool = True,  # noqa: ARG001
) -> tuple[None, dict[str, Array]]:
    r"""Return the gradient of the table: a row that was looked up several times has each time's in it."""
    dL_dw = np.zeros_like(params[f"{name}.weight"])
    np.add.at(dL_dw, cache.x, dL_dz)
    return None, {f"{name}.weight": dL_dw}


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = Reference(name, Source(forward, backward), layer_rule)
    return made, [*_of_the_repeats(made), *_of_the_count(made)]


def _of_the_repeats(of: Reference) -> Iterator[Variant]:
    yield variant(of, "embedding.repeats_lost", (ADDED, "dL_dw[cache.x] = dL_dz"))


def _of_the_count(of: Reference) -> Iterator[Variant]:
    yield variant(of, "embedding.counted_from_one", ("z = w[x]", "z = w[x - 1]"))
