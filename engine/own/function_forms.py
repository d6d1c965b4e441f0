"""What activations and losses are asked, and how they are handed it."""

import inspect
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .optimizer_parts import CannotCall, as_array

VARIABLE = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
VALUES = ("output", "outputs", "out", "a", "y", "loss", "value", "result", "data_loss", "activated")
SLOPES = ("dinputs", "dinput", "grad", "grad_input", "dx", "dz", "gradient", "derivative", "d_inputs")
OF_TORCH = (
    "weight", "pos_weight", "ignore_index", "reduction", "label_smoothing", "log_target", "approximate", "alpha",
    "beta", "delta", "threshold", "negative_slope", "min_val", "max_val",
)  # fmt: skip
"""Arguments that torch's functions have; others that are called so mean the same."""

ALSO = {"smoothing": "label_smoothing", "class_weights": "weight", "weights": "weight", "class_weight": "weight"}
KNOWN = {"activation": ("z", "a", "dout", "deriv"), "loss": ("a", "y", "dout", "deriv")}


class FunctionProbe(NamedTuple):
    """Ask an activation or a loss one question.

    ``inputs`` by role: ``z`` of an activation, ``a`` and ``y`` of a loss. ``dout``: what comes in from behind.
    ``given``: what the derivative's open argument is handed, ``z`` or ``a``. ``settings`` by the code's names.
    ``of_rows``: an activation is one whose every output depends on all of its row.
    """

    inputs: dict[str, Array]
    dout: Array
    given: str = "z"
    settings: Mapping[str, Any] = MappingProxyType({})
    of_rows: bool = False


class DescribedFunction(NamedTuple):
    """Describe an activation or a loss as it was found.

    ``is_open``: the derivative's argument may be the input or the output. ``is_product``: it takes ``dout`` in.
    ``settings``: further arguments, with their defaults. ``first`` and ``last`` are its lines, ``literals`` numbers and
    their lines.
    """

    kind: str
    name: str
    form: str
    is_open: bool
    is_product: bool
    settings: dict[str, Any]
    first: int
    last: int
    literals: list[tuple[float, int]]
    text: str
    has_derivative: bool = True


class FunctionConvention(NamedTuple):
    """Name a way to hand a function its arguments.

    ``order``: the roles of the arguments without a known name. ``one_hot``: classes as rows of 0 and 1. ``tensors``:
    torch's. ``layout``: of examples as ``rows``, as ``columns``, or ``each`` handed by itself.
    """

    order: tuple[str, ...] = ()
    one_hot: bool = False
    tensors: bool = False
    layout: str = "rows"


def place_pair(roles: dict[str, str], required: list[str], is_derivative: bool) -> None:
    """Give a loss's other argument its role in ``roles`` where one of the two is known."""
    if {name.lower() for name in required} == {"y", "t"}:  # the output and the target, where both are short
        roles[next(name for name in required if name.lower() == "y")] = "a"
    known = set(roles.values())
    for there, other in (("a", "y"), ("y", "a")):
        if there in known and other not in known:
            name = next((one for one in required if roles[one] != there), None)
            if name is not None and not (is_derivative and roles[name] == "dout"):
                roles[name] = other
            return


def numbers_of(value: Any) -> Array:
    """Return a copy of an answer's numbers as floats. Raises CannotCall where there are none."""
    array = as_array(value)
    if array.dtype.kind not in "fiub":
        raise CannotCall("no numbers come out")
    return np.array(array, dtype=array.dtype if array.dtype.kind == "f" else np.float64)


def taken_by(settings: Mapping[str, Any], own_number: str, fields: Collection[str]) -> dict[str, str]:
    """Return which of torch's ``fields`` each of the code's settings is: by its name, else its first number.

    ``own_number`` is the one that people write under any name, empty where there is none.
    """
    found = {name: ALSO.get(name, name) for name in settings if ALSO.get(name, name) in fields}
    others = [name for name, value in settings.items() if name not in found and isinstance(value, int | float)]
    return found | ({others[0]: own_number} if own_number and others and own_number not in found.values() else {})


def led_back_by(slope: Array, dout: Array) -> Array:
    """Return the product of what comes from behind with a derivative: of each output, or of each by all of its row."""
    if slope.ndim == dout.ndim + 1:
        return (dout[..., None, :] @ slope)[..., 0, :]
    return dout * slope


def is_share(a: Array) -> bool:
    """Return whether each row's numbers, or what they are the logarithms of, add up to 1."""
    with np.errstate(all="ignore"):
        return any(np.allclose(value.sum(axis=-1), 1) for value in (a, np.exp(a)))
