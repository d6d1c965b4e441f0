"""Own values beside the textbook's in their place: found by value in what a departure comes by, and looked up by text.

A departure is a change of the textbook, so what one computes has its place in the other: the same operation, or the
same name. An own value that is the departure's, or the textbook's, so has the textbook's beside it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.own.recorder import RETURN, Made, number_of
from engine.variants.source import NAMED

from .findings import Counterpart, First
from .located import CLOSE

Place = tuple[str, int]
"""The text of an operation, or a name with ``NAMED``, and the how-manieth time that it is computed in a step."""


class Noted:
    """Gather what one step of a candidate comes by, under the text that it comes of. ``note`` is for its making."""

    def __init__(self) -> None:
        self.values: dict[Place, Array] = {}
        self._count: Counter[str] = Counter()

    def note(self, value: Any, text: str) -> None:
        number = number_of(value)
        if number is not None:
            self.values[text, self._count[text]] = number
            self._count[text] += 1


class _Found(NamedTuple):
    own: Array
    reference: Array
    is_called_so: bool


def counterparts(
    made: Sequence[Made], last: int, variant: Mapping[Place, Array], reference: Mapping[Place, Array], first: First,
    shape: tuple[int, ...],
) -> tuple[Counterpart, ...]:  # fmt: skip
    """Return own values up to line ``last`` that have a place in the textbook, in the order in which they are made.

    ``made`` is one step's; of arrays the element that differs first is told, so those of its tensor's ``shape`` count.
    """
    found: dict[tuple[int, str], _Found] = {}
    for one in made:
        if one.line > last or one.value.shape not in (shape, ()) or one.name.startswith(RETURN):
            continue
        beside = _beside(one, variant, reference)
        if beside is None or (one.line < last and not _is_near(beside.own, beside.reference)):
            continue  # the first line that departs is ``last``: before it that would be another place's
        before = found.get((one.line, one.name))
        if before is None or beside.is_called_so >= before.is_called_so:
            found[one.line, one.name] = beside
    return tuple(_at(line, name, beside, first.index) for (line, name), beside in found.items())


def _at(line: int, name: str, found: _Found, index: tuple[int, ...]) -> Counterpart:
    if not found.own.ndim:
        return Counterpart(line, name, (), float(found.own), float(found.reference))
    return Counterpart(line, name, index, float(found.own[index]), float(found.reference[index]))


def _beside(one: Made, variant: Mapping[Place, Array], reference: Mapping[Place, Array]) -> _Found | None:
    """Find a value's place: one of its own name before all, one where both agree before one where they do not."""
    value = np.asarray(one.value, np.float64)
    called = _plain(one.name)
    best: tuple[int, _Found] | None = None
    for place, theirs in _places(value, variant, reference):
        is_called_so = place[0].endswith(NAMED) and _plain(place[0]) == called
        if not is_called_so and (not value.ndim or not np.any(value)):
            continue  # a number, or 0 everywhere, may be anything's
        agrees = _is_near(value, theirs)
        rank = 2 * is_called_so + agrees
        if best is None or rank > best[0]:
            best = rank, _Found(value, theirs, is_called_so)
    return None if best is None else best[1]


def _places(
    value: Array, variant: Mapping[Place, Array], reference: Mapping[Place, Array]
) -> Iterator[tuple[Place, Array]]:
    for place, theirs in variant.items():
        if _is_near(value, theirs) and (beside := reference.get(place)) is not None and beside.shape == value.shape:
            yield place, np.asarray(beside, np.float64)
    for place, theirs in reference.items():
        if _is_near(value, theirs):
            yield place, np.asarray(theirs, np.float64)


def _is_near(value: Array, other: Array) -> bool:
    if value.shape != other.shape:
        return False
    with np.errstate(all="ignore"):
        near = (np.abs(other - value) <= CLOSE * np.abs(value)) | (other == value) | (np.isnan(other) & np.isnan(value))
    return bool(near.all())


def _plain(name: str) -> str:
    """Return a name without what people write differently: ``self.m_hat``, ``mHat`` and ``m_hat =`` are one."""
    last = name.removesuffix(NAMED).rpartition(".")[2]
    return "".join(letter for letter in last.lower() if letter.isalpha())


def with_first(found: Iterable[Counterpart], first: First) -> tuple[Counterpart, ...]:
    """Add the result that differs first, with torch's own number, where its line says nothing that departs."""
    found = tuple(found)
    if first.line is None or any(one.line == first.line and one.departs for one in found):
        return found
    return (*found, Counterpart(first.line, first.tensor, first.index, first.own, first.reference))
