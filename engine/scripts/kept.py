"""Values as a script had them: each copied when a line has made or changed it, with what made it."""

from collections import deque
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.backends import as_numbers

from .statements import Statement

MOST_NUMBERS = 1 << 20  # of an array that is looked at
REMEMBERED = 5_000  # values of which it is known what made them


class Execution(NamedTuple):
    """Hold one execution of a statement: what it read, values as they were and all else as it is."""

    statement: Statement
    reads: Mapping[str, Any]
    variables: Mapping[str, Any]


class Kept:
    """Hold a value: its numbers, whether it is a tensor, the line that made it, and all that was executed for it."""

    __slots__ = ("dtype", "executions", "is_tensor", "line", "name", "numbers", "place", "whole")

    def __init__(self, name: str, numbers: Array, dtype: str, is_tensor: bool, line: int, place: int):
        self.name, self.numbers, self.dtype, self.is_tensor = name, numbers, dtype, is_tensor
        self.line, self.place = line, place
        self.executions: tuple[Execution, ...] = ()
        self.whole = True  # all its executions are known


class Memory:
    """Number the values that are kept, and forget after a while what made them."""

    def __init__(self) -> None:
        self.count = 0
        self._recent: deque[Kept] = deque()

    def keep(self, name: str, value: Any, line: int) -> Kept | None:
        """Copy a value; None of what is no number."""
        found = numbers_of(value)
        if found is None:
            return None
        self.count += 1
        kept = Kept(name, found, dtype_of(value), is_tensor(value), line, self.count)
        self._recent.append(kept)
        if len(self._recent) > REMEMBERED:
            old = self._recent.popleft()
            old.executions, old.whole = (), False
        return kept


def is_tensor(value: Any) -> bool:
    return hasattr(value, "detach") and hasattr(value, "requires_grad")


def is_value(value: Any) -> bool:
    """Return whether it is a number or an array of numbers, of a size that is looked at."""
    if isinstance(value, bool | np.bool_):
        return False
    if isinstance(value, int | float | np.generic):
        return True
    if is_tensor(value):
        return value.numel() <= MOST_NUMBERS
    return isinstance(value, np.ndarray) and value.dtype.kind in "fiu" and value.size <= MOST_NUMBERS


def numbers_of(value: Any) -> Array | None:
    if not is_value(value):
        return None
    try:
        found = as_numbers(value) if is_tensor(value) else np.array(value)
    except Exception:
        return None
    return found.view(np.ndarray) if found.dtype.kind in "fiu" else None


def dtype_of(value: Any) -> str:
    if is_tensor(value):
        return str(value.dtype).removeprefix("torch.")
    return str(np.asarray(value).dtype)
