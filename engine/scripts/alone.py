"""A value made again with torch's values in the place of those that had departed: is its own formula right?"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .book import Found
from .compared import Compared, compared
from .kept import Execution, Kept, numbers_of

DEPTH = 40


class _Lost(Exception):  # noqa: N818  # no error: it is not known then
    """Report a value of which it is not known any more how it was made."""


class Replacement(NamedTuple):
    """Hold what stands in the place of an own value that departed."""

    found: Found
    numbers: Array


class Alone(NamedTuple):
    """Tell of a value that was made again: ``instead`` of which departed value torch's was put in, and what came."""

    instead: Found
    came_to: Compared


def made_alone(found: Found, departed: Sequence[Found]) -> Alone | None:
    """Make a value again with torch's values in the place of all that departed; None where that says nothing."""
    again = _Again({one.pair.own.text: Replacement(one, one.reference.numbers) for one in departed}, found)
    try:
        value = again.made(found.own, 0)
    except Exception:  # his own code's, with values that it never had; or it is not known how it was made
        return None
    own = None if value is None else numbers_of(value)
    if own is None or again.first is None:
        return None
    reference = found.reference
    outcome = compared(own, reference.numbers, reference.spread, reference.dtype, found.pair.may_lie)
    return None if outcome is None else Alone(again.first, outcome)


class _Again:
    """Make values again. ``first`` is the first departed value that was replaced on the way."""

    def __init__(self, replacements: Mapping[str, Replacement], of: Found):
        self._replacements, self._of = replacements, of
        self._known: dict[int, Any] = {}
        self.first: Found | None = None

    def made(self, kept: Kept, depth: int) -> Any:
        """Return a value made again, or None where nothing that it is made of had departed."""
        if depth > DEPTH:
            raise _Lost
        if kept.place not in self._known:
            self._known[kept.place] = self._executed(kept, depth)
        return self._known[kept.place]

    def _executed(self, kept: Kept, depth: int) -> Any:
        if not kept.executions:
            return None
        inputs = [self._inputs(kept, one, depth) for one in kept.executions]
        if not any(changed for _, changed in inputs):
            return None
        if not kept.whole:
            raise _Lost
        value: Any = None
        for number, (execution, (names, _)) in enumerate(zip(kept.executions, inputs, strict=True)):
            space = {**execution.variables, **names}
            if number:
                space[kept.name] = value
            exec(execution.statement.code, space)
            value = space[kept.name]
        return value

    def _inputs(self, kept: Kept, execution: Execution, depth: int) -> tuple[dict[str, Any], bool]:
        names: dict[str, Any] = {}
        changed = False
        for name, read in execution.reads.items():
            if name == kept.name:
                names[name] = _value(read) if isinstance(read, Kept) else read
                continue
            if not isinstance(read, Kept):
                names[name] = read
                continue
            new = self._replaced(name, read, depth)
            changed |= new is not None
            names[name] = _value(read) if new is None else new
        return names, changed

    def _replaced(self, name: str, read: Kept, depth: int) -> Any:
        replacement = self._replacements.get(name)
        if replacement is not None:
            if replacement.found.own.place > read.place and not _same(replacement.found.own, read):
                return None if not read.executions else self.made(read, depth + 1)
            if self.first is None or replacement.found.own.place < self.first.own.place:
                self.first = replacement.found
            shape = read.numbers.shape
            numbers = replacement.numbers
            if numbers.size != read.numbers.size:
                return _like(read, numbers)
            return _like(read, numbers.reshape(shape))
        return self.made(read, depth + 1)


def _same(one: Kept, other: Kept) -> bool:
    return one.line == other.line


def _value(kept: Kept) -> Any:
    return _like(kept, kept.numbers)


def _like(kept: Kept, numbers: Array) -> Any:
    """Return numbers as what the value was: a tensor, an array, or a number."""
    if kept.is_tensor:
        from engine.own.tensors import tensor

        return tensor(numbers.astype(kept.numbers.dtype))
    copied = np.array(numbers, dtype=kept.numbers.dtype)
    return copied if copied.ndim or kept.numbers.ndim else copied[()]
