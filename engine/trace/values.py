"""What the window is told of a value: a summary of it and of torch's, and how far they are apart."""

from collections.abc import Sequence
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Value

from .trace import Trace
from .verdicts import Verdicts

FIRST = 6  # elements that stand for all
NUMBERS = (int, float, np.generic, np.ndarray)


class Held(NamedTuple):
    """Hold a value that the window knows by its number, and its name where torch has it too."""

    value: Any
    twin: str | None


class Values:
    """Number the values of a trace: one that several variables hold is told once."""

    def __init__(self, trace: Trace, verdicts: Verdicts):
        self._trace, self._verdicts = trace, verdicts
        self._numbers: dict[tuple[int, str | None], int] = {}
        self.held: list[Held] = []
        self.told: list[Value] = []

    def number(self, value: Any, variable: str, call: int) -> int:
        name = self._trace.twin_name(value, variable, call)
        twin = name if name is not None and name in (self._trace.torch or {}) else None
        key = id(value), twin
        if key not in self._numbers:
            self._numbers[key] = len(self.held)
            if name is not None:
                value = self._trace.logged.get(name, value)
            self.held.append(Held(value, twin))
            self.told.append(self._tell(value, twin))
        return self._numbers[key]

    def _tell(self, value: Any, twin: str | None) -> Value:
        if not is_number(value):
            return Value(in_words(value), type(value).__name__, None, None, None, None, (), None, (), None, None)
        array = np.asarray(value)
        dtype = type(value).__name__ if type(value) in (int, float) else str(array.dtype)
        twin_first = first_of(self._trace.torch[twin]) if twin is not None and self._trace.torch is not None else ()
        return Value(
            text="",
            dtype=dtype,
            shape=array.shape,
            **_extent(array),
            first=first_of(array),
            twin=twin,
            twin_first=twin_first,
            distance=None if twin is None else self._verdicts.distance(twin),
            verdict=None if twin is None else self._verdicts.verdict(twin),
        )


def is_number(value: Any) -> bool:
    return isinstance(value, NUMBERS) and not isinstance(value, bool)


def first_of(array: Array) -> tuple[float, ...]:
    return tuple(float(element) for element in array.ravel()[:FIRST])


def _extent(array: Array) -> dict[str, float | None]:
    if not array.size:
        return {"low": None, "mean": None, "high": None}
    with np.errstate(all="ignore"):
        return {"low": float(array.min()), "mean": float(array.mean(dtype=np.float64)), "high": float(array.max())}


def in_words(value: Any) -> str:
    """Write in short what is no number: ``State(b)``, ``2 × tuple``, ``{layer1.weight, layer1.bias}``, ``sigmoid``."""
    if isinstance(value, FunctionType):
        return value.__name__
    if isinstance(value, ModuleType):
        return value.__name__.rpartition(".")[2]
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        parts = (_field(name, part) for name, part in zip(value._fields, value, strict=True))  # type: ignore[attr-defined]
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, list):
        return f"{len(value)} × {type(value[0]).__name__}" if value else "[]"
    if isinstance(value, dict):
        return f"{{{', '.join(map(str, value))}}}"
    if isinstance(value, tuple):
        return f"({', '.join(map(_part, value))})"
    return str(value) if value is None or isinstance(value, (bool, str)) else type(value).__name__


def _field(name: str, value: Any) -> str:
    """Numbers and functions are told; of all else its name has to do."""
    if isinstance(value, FunctionType):
        return value.__name__
    of_numbers = type(value) is tuple and all(type(part) in (int, float) for part in value)
    return f"{name}={value}" if value is None or of_numbers or type(value) in (bool, int, float) else name


def _part(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return shape_in_words(value.shape)
    return type(value).__name__ if isinstance(value, (tuple, list, dict)) else str(value)


def shape_in_words(shape: Sequence[int]) -> str:
    return "×".join(map(str, shape)) if shape else "1"
