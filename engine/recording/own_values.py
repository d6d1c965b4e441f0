"""What own code's lines hold of a recorded step: copies of its values, told to be those, and what stands for one."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.own.live_functions import Slope

from .recorder import Recording


def as_arrays(recording: Recording, named: dict[str, Any]) -> None:
    """Put the arrays in the places of the derivatives that waited for their products."""
    made_of: dict[int, Array] = {}
    for variables in (*_bindings(recording), named):
        for name, value in variables.items():
            if isinstance(value, Slope):
                variables[name] = made_of.setdefault(id(value), np.asarray(value))


def replace_known(recording: Recording, known: Sequence[Array]) -> None:
    """Put a step's own arrays in the places of the copies of them that own code's lines hold, by their numbers."""
    for variables in _bindings(recording):
        for name, value in variables.items():
            if isinstance(value, np.ndarray) and value.any():
                variables[name] = next((one for one in known if _is_same(one, value)), value)


def _bindings(recording: Recording) -> Iterator[dict[str, Any]]:
    yield from (call.arguments for call in recording.calls)
    yield from (line.made for line in recording.lines)


def _is_same(one: Array, other: Array) -> bool:
    return one is other or (one.shape == other.shape and one.dtype == other.dtype and np.array_equal(one, other))
