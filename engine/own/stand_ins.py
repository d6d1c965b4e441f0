"""Stand-ins for what own code is usually handed: a config that remembers what it was asked, parameters, layers."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy import ndarray as Array

NOTHING = object()


class NeededDict(dict[str, Any]):
    """Hold a config; ``needed`` answers for a key that the code takes for granted, or raises KeyError."""

    def __init__(self, values: Mapping[str, Any], needed: Callable[[str], Any]):
        super().__init__(values)
        self._needed = needed

    def __missing__(self, key: str) -> Any:
        value = self[key] = self._needed(key)
        return value


class AskedDict(NeededDict):
    """Hold a config that notes each key it is asked for, with the default that the code gives."""

    def __init__(self, values: Mapping[str, Any], needed: Callable[[str], Any], asked: dict[str, Any]):
        super().__init__(values, needed)
        self._asked = asked

    def __missing__(self, key: str) -> Any:
        value = super().__missing__(key)
        self._asked.setdefault(key, NOTHING)
        return value

    def get(self, key: str, default: Any = None) -> Any:
        self._note(key, default)
        return super().get(key, default)

    def setdefault(self, key: str, default: Any = None) -> Any:
        self._note(key, default)
        return super().setdefault(key, default)

    def pop(self, key: str, *default: Any) -> Any:
        self._note(key, default[0] if default else NOTHING)
        return super().pop(key, *default)

    def _note(self, key: str, default: Any) -> None:
        if isinstance(key, str) and (key not in self or key in self._asked):
            self._asked.setdefault(key, default)


class Param(np.ndarray):
    """Keep an array with its gradient beside it, as frameworks do; ``data`` is the array itself, to be set too."""

    grad: Any = None

    @classmethod
    def of(cls, values: Array) -> "Param":
        made = np.array(values).view(cls)
        made.grad = None
        return made

    def __array_finalize__(self, of: Any) -> None:
        self.grad = None

    @property
    def data(self) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self.view(np.ndarray)

    @data.setter
    def data(self, value: Any) -> None:
        self[...] = value

    value = val = data

    def zero_grad(self) -> None:
        self.grad = None

    __hash__ = object.__hash__  # pyright: ignore[reportAssignmentType]  # frameworks keep states by it


class LayerLike:
    """Hold weights and gradients under the names given, as ``update_params(layer)`` expects of a layer."""

    def __init__(self, weights: str, biases: str, gradients: str):
        self._names = (weights, biases)
        self._gradients = tuple(gradients.format(name) for name in self._names)

    def put(self, weights: list[Any], gradients: list[Any]) -> None:
        for name, value in zip(self._names, weights, strict=False):
            setattr(self, name, value)
        for name, value in zip(self._gradients, gradients, strict=False):
            setattr(self, name, value)

    def held_arrays(self) -> list[Any]:
        return [getattr(self, name) for name in self._names]
