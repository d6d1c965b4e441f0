"""Abandoned futures of a run: what was recorded after a step at which something was changed."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from numpy import ndarray as Array

from engine.protocol import Branch, BranchCurves, Change, CurveRequest, Future

from .series import Series


class Abandoned(NamedTuple):
    """Keep a branch's losses from step ``first`` on: the fork itself, so that the curve begins on the run's.

    ``changes``: all that the run had which had this as its future.
    """

    branch: Branch
    first: int
    losses: tuple[Series, ...]
    changes: tuple[Change, ...] = ()

    @property
    def future(self) -> Future:
        """Return what it takes to have the branch again."""
        return Future(self.branch, self.changes)

    @property
    def nbytes(self) -> int:
        return sum(series.nbytes for series in self.losses)

    def curves(self, request: CurveRequest) -> BranchCurves:
        before = self.first - 1
        window = request.steps and (request.steps[0] - before, request.steps[1] - before)
        thinned = [series.thinned(request.pixels, window) for series in self.losses]
        moved = tuple(curve._replace(steps=curve.steps + before) for curve in thinned)
        return BranchCurves(self.branch, moved, None if request.at is None else self._at(request.at))

    def _at(self, step: int) -> tuple[float, ...] | None:
        if not self.first <= step <= self.branch.end:
            return None
        return tuple(series[step - self.first + 1] for series in self.losses)


class Branches:
    """Keep the run's branches, numbered from 1 as they arise; a number is not given twice."""

    def __init__(self) -> None:
        self._kept: list[Abandoned] = []
        self._count = 0

    def __iter__(self):
        return iter(self._kept)

    @property
    def nbytes(self) -> int:
        return sum(abandoned.nbytes for abandoned in self._kept)

    def reserve(self, number: int) -> None:
        """Reserve the numbers up to this one for branches that are to come back."""
        self._count = max(self._count, number)

    def bring_back(self, future: Future, losses: Sequence[Series]) -> None:
        """Keep a branch of an earlier run again; ``losses`` are its lanes', from step 1 to its end."""
        self._keep(future, losses)
        self._kept.sort(key=lambda abandoned: abandoned.branch.number)

    def keep(
        self,
        start: int,
        entry: int,
        params: Mapping[str, Any],
        losses: Mapping[int, Series],
        files: Sequence[str] = (),
        changes: Sequence[Change] = (),
    ) -> Branch:
        """Keep what the entry's ``losses``, by the lane's place, hold from step ``start`` on.

        ``files`` are those of own code that held other texts in it; ``changes`` are the run's, as long as it has that
        future.
        """
        self._count += 1
        end = min(len(series) for series in losses.values())
        branch = Branch(self._count, start, end, entry, dict(params), tuple(losses), tuple(files))
        self._keep(Future(branch, tuple(changes)), list(losses.values()))
        return branch

    def _keep(self, future: Future, losses: Sequence[Series]) -> None:
        first = max(future.branch.start, 1)
        tails = tuple(_copied(series.values[first - 1 :]) for series in losses)
        self._kept.append(Abandoned(future.branch, first, tails, future.changes))

    @property
    def count(self) -> int:
        """Return the last number that was given."""
        return self._count

    def put(self, kept: Sequence[Abandoned], count: int) -> None:
        """Keep the branches that an earlier run had, whose last number was ``count``."""
        self._kept, self._count = list(kept), count

    def remove(self, number: int) -> None:
        self._kept = [abandoned for abandoned in self._kept if abandoned.branch.number != number]


def _copied(values: Array) -> Series:
    series = Series()
    series.extend(values)
    return series
