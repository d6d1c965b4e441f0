"""What is kept of a run so that it can be had again when the engine was lost, its branches with it."""

from collections.abc import Sequence
from typing import NamedTuple

from engine.protocol import Branch, Change, Future
from engine.spec import ExperimentSpec

Names = dict[int, str]  # by the branch's number


class LostRun(NamedTuple):
    """Hold a run begun with ``spec`` that had come to ``step``, and the person's names for its branches."""

    spec: ExperimentSpec
    changes: tuple[Change, ...]
    step: int
    futures: tuple[Future, ...]
    names: Names


class Futures:
    """Keep what it takes to have each branch of a run again: the changes that the run had before it was forked."""

    def __init__(self, futures: Sequence[Future] = ()):
        self._known = {future.branch.number: future for future in futures}
        self._forks: list[tuple[Change, tuple[Change, ...]]] = []  # changes made, and all that the run had before

    @property
    def all(self) -> tuple[Future, ...]:
        return tuple(self._known.values())

    def lacks(self, branches: Sequence[Branch]) -> bool:
        """Tell whether some are still to come back: they are not among the run's ``branches`` yet."""
        return not self._known.keys() <= {branch.number for branch in branches}

    def knows(self, branch: Branch) -> bool:
        return branch.number in self._known

    def note_change(self, change: Change, before: Sequence[Change]) -> None:
        """Take down a change; if it has forked the run, the branch comes with the next frame."""
        self._forks.append((change, tuple(before)))

    def note_branches(self, branches: Sequence[Branch]) -> None:
        """Take down all branches that the run has by now, as a frame brings them."""
        forks = self._forks
        for branch in branches:
            if branch.number not in self._known:
                at = (branch.start, branch.entry)
                place = next((place for place, (change, _) in enumerate(forks) if change[:2] == at), None)
                if place is not None:
                    self._known[branch.number] = Future(branch, forks.pop(place)[1])
        forks.clear()

    def forget(self, number: int) -> None:
        self._known.pop(number, None)
