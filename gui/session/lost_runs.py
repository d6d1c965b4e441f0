"""What is kept of a run so that it can be had again when the engine was lost, its branches with it."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from engine.protocol import Branch, Change, Future
from engine.spec import ExperimentSpec

Names = dict[int, str]  # by the branch's number


class LostRun(NamedTuple):
    """Hold a run begun with ``spec`` that had come to ``step``, and the person's names for its branches.

    ``place``: where it is written down, up to some steps before, to be taken up from there; None where it is taken once
    more from its start. ``at``: the step that it stood at, where that is not its last. ``is_known``: changes and
    branches are known here, too, and not there alone.
    """

    spec: ExperimentSpec
    changes: tuple[Change, ...]
    step: int
    futures: tuple[Future, ...]
    names: Names
    place: Path | None = None
    at: int | None = None
    is_known: bool = True

    @property
    def from_start(self) -> "LostRun":
        """Return what can be had of it without what was written down.

        Which code went on from a step with what it remembered cannot be told again: it ends there.
        """
        code = min((change.step for change in self.changes if change.code), default=None)
        step = self.step if code is None else min(code, self.step)
        kept = (change for change in self.changes if (code is None or change.step <= code) and not change.code)
        return self._replace(changes=tuple(kept), step=step, place=None, at=None)


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
