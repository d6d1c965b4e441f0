"""The pairs of a script, and when two values belong together: what both sides come to in one turn of their loop."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .compared import Compared, compared
from .kept import Kept
from .partners import FoundBy
from .paths import Path
from .statements import innermost

ALL_TURNS = 64  # are compared, then each second power
MOST_VERSIONS = 8
MOST_SINCE = 3  # values of torch that may come before the own one is made again


class Reference(NamedTuple):
    """Hold a value of torch's, and by how far rounding moves it; None where that is not known."""

    numbers: Array
    dtype: str
    spread: Array | None
    place: int


class Found(NamedTuple):
    """Hold what a pair came to in one turn: ``own`` is the value that was compared, ``turn`` counts from 1."""

    pair: "Pair"
    own: Kept
    reference: Reference
    came_to: Compared
    turn: int


class Pair:
    """Hold an own value beside torch's. ``found`` is what each of the statements that define it came to, the worst of
    all turns; ``judged`` what each of the values came to, by their places.

    Own values that are made between two of torch's belong to the one before (torch first) or to the next (own code
    first). Of a gradient one of them is to agree, as ``dh`` may go on to be that of what ``h`` was made of; of all
    else the last.
    """

    def __init__(self, own: Path, reference: Path, found_by: FoundBy):
        self.own, self.reference = own, reference
        self.found_by: FoundBy = found_by
        self.found: dict[int, Found] = {}
        self.judged: dict[int, Found] = {}
        self.unjudged = self.turn = 0
        self.has_agreed = False
        self.may_lie = False
        self._definitions: list[list[Kept]] = []
        self._standing: Reference | None = None
        self._since: list[Reference] = []
        self._own_is_first = self._is_renewed = False
        self.torch_names: frozenset[str] = frozenset()
        self.loops: Sequence[tuple[int, int]] = ()

    def own_made(self, kept: Kept, is_new: bool) -> None:
        """Take an own value; ``is_new``: it is not made of what its name was before."""
        if self._definitions and (self._since or self._is_renewed):
            self.close()
        again = [one for one in self._definitions if one[0].line == kept.line]  # by a loop, backwards through time say
        if not again and (is_new or not self._definitions):
            self._definitions.append([])
        versions = again[0] if again and is_new else self._definitions[-1]
        versions.append(kept)
        if len(versions) > MOST_VERSIONS:
            del versions[1]

    def reference_made(self, reference: Reference) -> None:
        if not self._definitions:
            self._standing = reference
        else:
            self._since = [*self._since[-MOST_SINCE:], reference]

    def renewed(self) -> None:
        """Take it that torch's gradient is gone: it was cleared, or its tensor is another now."""
        if self._definitions and not self._since:
            self._is_renewed = True  # the next may be what the own value is to be held against
            return
        self.close()
        self._standing = None

    @property
    def open_line(self) -> int | None:
        """Return in which line the own value of the turn under way was made last."""
        return self._definitions[-1][-1].line if self._definitions else None

    def close(self) -> None:
        """End a turn: compare what both have come to."""
        definitions, since, standing = self._definitions, self._since, self._standing
        self._definitions, self._since = [], []
        self._standing = since[-1] if since else None if self._is_renewed else standing
        self._is_renewed = False
        references = [one for one in (standing, *since) if one is not None]
        if not definitions or not references:
            return
        self.turn += 1
        if self.turn > ALL_TURNS and self.turn & (self.turn - 1):
            return
        agreed: list[int] = []
        for place, versions in enumerate(definitions):
            if place < len(definitions) - 1 and _is_constant(versions[-1].numbers):
                continue  # made to be filled
            self._judge(versions, references, standing, agreed)

    def close_at_the_end(self) -> None:
        """End the last turn, unless torch's value is still to come."""
        if self._since or not self._own_is_first:
            self.close()

    def drop_turn(self) -> None:
        """Forget the turn under way, which was not ended."""
        self._definitions = []

    def _judge(
        self, versions: list[Kept], references: list[Reference], standing: Reference | None, agreed: list[int]
    ) -> None:
        """Judge one definition of a turn; ``agreed`` are the lines of those before it that were right."""
        tried = versions if self.reference.of_gradient is not None else versions[-1:]
        references = [one for one in references if not self._is_of_later(versions[-1], one)]
        if not references:
            return
        outcomes: list[tuple[Kept, Reference, Compared]] = []
        for kept in reversed(tried):
            for reference in references:
                outcome = compared(kept.numbers, reference.numbers, reference.spread, reference.dtype, self.may_lie)
                if outcome is None:
                    self.unjudged += 1
                    return
                outcomes.append((kept, reference, outcome))
                if outcome.verdict != "different":
                    self._own_is_first |= reference is not standing
                    self.has_agreed = True
                    agreed.append(kept.line)
                    self._note(outcomes[-1])
                    return
        if self._is_carried(versions[0].line, agreed):
            return
        newest = [one for one in outcomes if one[0] is tried[-1]]
        self._note(min(newest, key=lambda one: _apart(one[0].numbers, one[1].numbers)))

    def _is_carried(self, line: int, agreed: list[int]) -> bool:
        """Return whether a right gradient goes on, in a loop of its own, to be that of what came before."""
        loop = innermost(self.loops, line)
        is_gradient = self.reference.of_gradient is not None
        return is_gradient and loop is not None and any(not loop[0] <= one <= loop[1] for one in agreed)

    def _is_of_later(self, kept: Kept, reference: Reference) -> bool:
        """Return whether an own value was made of what torch has only come to after its gradient."""
        if self.reference.of_gradient is None:
            return False
        reads = (one for execution in kept.executions for one in execution.reads.values())
        return any(
            isinstance(one, Kept) and one.is_tensor and one.name in self.torch_names and one.place > reference.place
            for one in reads
        )

    def _note(self, what: tuple[Kept, Reference, Compared]) -> None:
        line = what[0].line
        before, found = self.found.get(line), Found(self, *what, self.turn)
        self.judged[what[0].place] = found
        if before is None or ORDER[what[2].verdict] > ORDER[before.came_to.verdict]:
            self.found[line] = found


class Book:
    """Hold all pairs, by what they watch."""

    def __init__(self, pairs: list[Pair], loops: Sequence[tuple[int, int]]):
        self.pairs = pairs
        self._by_root: dict[str, list[Pair]] = {}
        for pair in pairs:
            self._by_root.setdefault(pair.own.root, []).append(pair)
            pair.loops = loops
            pair.torch_names = frozenset(one.reference.root for one in pairs)

    def of_root(self, name: str) -> list[Pair]:
        return self._by_root.get(name, [])

    def found(self) -> list[Found]:
        """Return what all pairs came to, in the order in which their own values were made."""
        return sorted((one for pair in self.pairs for one in pair.found.values()), key=lambda one: one.own.place)

    def unjudged(self) -> Iterator[Pair]:
        return (pair for pair in self.pairs if pair.unjudged and not pair.found)


ORDER: dict[Any, int] = {"identical": 0, "rounding": 1, "different": 2}


def _apart(own: Array, reference: Array) -> float:
    if own.size != reference.size:
        return float("inf")
    with np.errstate(all="ignore"):
        apart = float(np.abs(own.reshape(reference.shape) - reference).sum())
    return apart if np.isfinite(apart) else float("inf")


def _is_constant(numbers: Array) -> bool:
    return not numbers.size or bool((numbers == numbers.flat[0]).all())
