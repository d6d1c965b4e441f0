"""Arguments of layers, activations and losses that float32 has no room for: torch raises, or takes 0 for them."""

from collections.abc import Iterator, Mapping, Sequence
from math import isinf
from typing import Any

import numpy as np

from .faults import Fault, Path, shown
from .hyperparameters import HyperField, function_fields, layer_fields
from .layers import KindSpec, each_layer
from .model import NetworkSpec
from .own_parts import Function

SINGLE_MAX = 3.4028234663852886e38  # float32's largest number


def single_argument_faults(network: NetworkSpec) -> Iterator[Fault]:
    """Find the arguments that are too large in float32, or so small that what must be above 0 is 0 there."""
    for path, layer in each_layer(network.layers):
        if isinstance(layer, KindSpec):
            yield from _argument_faults((*path, "params"), layer.params, layer_fields(layer.kind))
        yield from _function_faults((*path, "activation"), layer.activation)
    yield from _function_faults(("network", "loss"), network.loss)


def _function_faults(path: Path, function: Function) -> Iterator[Fault]:
    if not isinstance(function, str):
        yield from _argument_faults((*path, "params"), function.params, function_fields(function.name))


def _argument_faults(path: Path, params: Mapping[str, Any], fields: Sequence[HyperField]) -> Iterator[Fault]:
    for field in fields:
        given = params.get(str(field.path[0]))
        place = (*path, field.path[0])
        if isinstance(given, list | tuple):
            for index, number in enumerate(given):
                yield from _number_faults((*place, index), number, field)
        elif field.kind is float and isinstance(given, int | float):
            yield from _number_faults(place, given, field)


def _number_faults(path: Path, given: float, field: HyperField) -> Iterator[Fault]:
    with np.errstate(over="ignore"):
        kept = float(np.float32(given))
    if isinf(kept):
        accepted = f"{'≥ -' if kept < 0 else '≤ '}{SINGLE_MAX:.8g}"
    elif not field.allows(kept):
        accepted = field.accepted
    else:
        return
    yield Fault(path, "out_of_range", {"accepted": f"{accepted} (float32)", "given": shown(given)})
