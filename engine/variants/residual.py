"""A residual connection, as others write it: what it leads its input past is handed to it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from numpy import ndarray as Array

from .layer_rule import layer_rule
from .making import Pair, variant
from .source import Source
from .variant import Reference, Variant


class Cache(NamedTuple):
    inside: Any


def forward(x: Array, params: Mapping[str, Any], name: str, hyper: Any) -> tuple[Array, Cache]:  # noqa: ARG001
    r"""Return :math:`z = x + f(x)`, with :math:`f` what stands inside, under ``name.inside``."""
    inside = params[f"{name}.inside"]
    f_x = inside.forward(x)
    z = x + f_x
    return z, Cache(inside)


def backward(
    dL_dz: Array,
    cache: Cache,
    params: Mapping[str, Any],  # noqa: ARG001
    name: str,  # noqa: ARG001
    hyper: Any,  # noqa: ARG001
    wants_dL_dx: bool = True,  # noqa: ARG001
) -> tuple[Array, dict[str, Array]]:
    """Return the gradient of the input, two paths added up."""
    through_skip = dL_dz
    through_inside = cache.inside.backward(dL_dz)
    dL_dx = through_skip + through_inside
    return dL_dx, {}


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = Reference(name, Source(forward, backward), layer_rule)
    return made, [*_of_the_skip(made), *_of_the_inside(made)]


def _of_the_skip(of: Reference) -> Iterator[Variant]:
    value: Pair = "z = x + f_x", "z = f_x"
    gradient: Pair = "dL_dx = through_skip + through_inside", "dL_dx = through_inside"
    yield variant(of, "residual.skip_missing", value, gradient)
    yield variant(of, "residual.skip_missing/value", value)
    yield variant(of, "residual.skip_missing/gradient", gradient)


def _of_the_inside(of: Reference) -> Iterator[Variant]:
    alone = ("dL_dx = through_skip + through_inside", "dL_dx = through_skip")
    yield variant(of, "residual.inside_missing", alone)
    multiplied = ("dL_dx = through_skip + through_inside", "dL_dx = through_skip * through_inside")
    yield variant(of, "residual.paths_multiplied", multiplied)
    yield variant(of, "residual.subtracted", ("z = x + f_x", "z = f_x - x"))
