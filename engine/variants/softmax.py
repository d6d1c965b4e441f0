"""Softmax and its logarithm, whose every output depends on all of its row, as others write them."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.diy.activations import ACTIVATIONS, Activation

from .making import Pair, variant
from .source import Source
from .variant import Reference, Variant, Wrap

DIAGONAL: dict[str, Pair] = {
    "softmax": ("return a * (dL_da - through_sum)", "return dL_da * (a * (1 - a))"),
    "log_softmax": ("return dL_da - p * through_sum", "return dL_da * (1 - p)"),
}
WAYS = {"softmax": "", "log_softmax": "/logarithm"}


def variants(name: str) -> tuple[Reference, list[Variant]]:
    activation = ACTIVATIONS[name]
    assert activation.back is not None
    made = Reference(name, Source(activation.f, activation.df, activation.back), _made(activation))
    return made, [*_of_the_jacobian(made), *_of_the_sum(made), *_of_any(made)]


def _made(activation: Activation) -> Any:
    parts = [part.__name__ for part in activation if part is not None]

    def made(names: Mapping[str, Any]) -> Activation:
        return Activation(*(np.errstate(all="ignore")(names[part]) for part in parts))

    return made


def _of_the_jacobian(of: Reference) -> Iterator[Variant]:
    yield variant(of, f"softmax.jacobian_diagonal{WAYS[of.name]}", DIAGONAL[of.name])


def _of_the_sum(of: Reference) -> Iterator[Variant]:
    if of.name == "softmax":
        yield variant(of, "softmax.sum_not_weighted", ("(dL_da * a).sum(", "dL_da.sum("))
        yield variant(of, "softmax.not_divided", ("return u / u.sum(axis=-1, keepdims=True)", "return u"))
        return
    yield variant(of, "log_softmax.sum_missing", ("return dL_da - p * through_sum", "return dL_da - p"))
    powers = "np.exp(z).sum(axis=-1, keepdims=True)"
    yield variant(of, "log_softmax.logarithm_missing", (f"z - np.log({powers})", f"z - {powers}"))


def _of_any(of: Reference) -> Iterator[Variant]:
    yield variant(of, "activation.missing", wraps=[Wrap("derivative", lambda own: own._replace(back=_as_it_comes))])
    yield variant(of, "activation.sign", wraps=[Wrap("sign", _negated)])


def _as_it_comes(dL_da: Array, _: Array, __: Array) -> Array:
    return dL_da


def _negated(own: Activation) -> Activation:
    back = own.back
    assert back is not None
    return own._replace(back=lambda dL_da, z, a: -back(dL_da, z, a))
