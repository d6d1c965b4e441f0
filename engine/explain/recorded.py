"""What explaining needs to know of a recorded step; ``engine.trace.Trace`` knows it."""

from collections.abc import Mapping, Sequence
from types import CodeType
from typing import Any, Protocol

import numpy as np
from numpy import ndarray as Array

from engine.protocol import Both
from engine.spec import ExperimentSpec

from .element import clipped

Named = Mapping[str, Array]
Index = tuple[int, ...]


class Call(Protocol):
    @property
    def code(self) -> CodeType: ...


class Line(Protocol):
    @property
    def call(self) -> int: ...
    @property
    def line(self) -> int: ...


class Recorded(Protocol):
    """Offer a step of an optimizer entry: both sides' values by name, and the textbook's run of it line by line."""

    @property
    def spec(self) -> ExperimentSpec: ...
    @property
    def rows(self) -> Sequence[int]: ...  # the batch's rows as numbers of the data's, from 0
    @property
    def diy(self) -> Named: ...
    @property
    def torch(self) -> Named | None: ...
    @property
    def calls(self) -> Sequence[Call]: ...
    @property
    def lines(self) -> Sequence[Line]: ...
    def rule_of(self, weight: str) -> str: ...
    def hyper_of(self, weight: str) -> Any: ...
    def variables_at(self, event: int) -> dict[str, Any]: ...
    def keys_at(self, event: int) -> Mapping[str, str | int]: ...
    def made_at(self, event: int) -> dict[str, Any]: ...
    def stage_of(self, event: int) -> str: ...
    def twin_name(self, value: Any, variable: str = "", call: int | None = None) -> str | None: ...


def number_in(side: Named | None, name: str, index: Index) -> float | None:
    """Return an element of what is recorded under the name, in float64; None where nothing is."""
    if side is None or name not in side:
        return None
    value = side[name]
    return float(value[clipped(index, np.shape(value))])


def on_both(step: Recorded, name: str, index: Index) -> Both:
    return Both(number_in(step.diy, name, index), number_in(step.torch, name, index))
