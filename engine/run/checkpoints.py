"""Checkpoints of a run, within a memory budget: what a seek restores before it replays.

They begin dense and thin out with age: when memory or their number runs out, those go whose absence
lengthens a replay least beside how long ago they were. The start and the newest always stay.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.lane.lane import Snapshot
from engine.parity.pair import PairState

MOST = 4096  # checkpoints; at so many the gaps of a long run are a few ten-thousandths of it
KEPT_SHARE = 7 / 8  # of them are left by a thinning
OBJECT_BYTES = 150  # of an array, tuple or dict itself, about


class Checkpoint(NamedTuple):
    """Hold the state of every lane after ``step``, in the run's order, and what its pairs had found."""

    step: int
    lanes: tuple[Snapshot, ...]
    pairs: tuple[PairState, ...]

    @property
    def nbytes(self) -> int:
        arrays = [array for pair in self.pairs for array in pair.arrays()]
        for weights, states, _, buffers, *_ in self.lanes:
            arrays += [*weights, *(value for state in states for value in state.values() if isinstance(value, Array))]
            arrays += [value for value in buffers.values() if isinstance(value, Array)]
        objects = len(arrays) + sum(4 + len(lane.states) for lane in self.lanes)
        own = sum(kept.nbytes for lane in self.lanes for kept in (lane.own, lane.parts) if kept is not None)
        return OBJECT_BYTES * objects + sum(array.nbytes for array in arrays) + own


class Checkpoints:
    """Keep checkpoints in the order of their steps; ``budget`` is in bytes, and ``used`` says what they take."""

    def __init__(self, budget: int):
        self.budget = budget
        self.used = 0
        self._kept: list[Checkpoint] = []

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def steps(self) -> list[int]:
        return [checkpoint.step for checkpoint in self._kept]

    def __iter__(self) -> Iterator[Checkpoint]:
        return iter(self._kept)

    def put(self, kept: Iterable[Checkpoint]) -> None:
        """Keep these in the place of all others; they are in the order of their steps."""
        self._kept = list(kept)
        self.used = sum(checkpoint.nbytes for checkpoint in self._kept)

    def add(self, checkpoint: Checkpoint) -> None:
        """Keep it, until it is thinned out; one of that step already there stays."""
        if self._kept and self.nearest(checkpoint.step).step == checkpoint.step:
            return
        insort(self._kept, checkpoint, key=lambda kept: kept.step)
        self.used += checkpoint.nbytes

    def nearest(self, step: int) -> Checkpoint:
        """Return the last checkpoint that is not after ``step``."""
        return self._kept[bisect_right(self._kept, step, key=lambda kept: kept.step) - 1]

    def truncate(self, step: int) -> None:
        """Forget those after ``step``."""
        count = bisect_right(self._kept, step, key=lambda kept: kept.step)
        self._drop(range(count, len(self._kept)))

    def thin_out(self) -> None:
        """Get within the budget and the number, and a little below, so that it is not needed at every step."""
        if len(self._kept) > 2 and (self.used > self.budget or len(self._kept) > MOST):
            within_number = len(self._kept) - KEPT_SHARE * MOST
            within_budget = len(self._kept) * (1 - KEPT_SHARE * self.budget / max(self.used, 1))
            self._drop(self._least_missed(int(np.ceil(max(within_number, within_budget)))))

    def _least_missed(self, count: int) -> list[int]:
        """Places of ``count`` checkpoints to do without; never the first and the last."""
        kept = list(range(len(self._kept)))
        dropped: list[int] = []
        while len(dropped) < count and len(kept) > 2:
            steps = np.array([self._kept[place].step for place in kept], float)
            age = 1.5 * steps[-1] - steps[1:-1]  # so that gaps at the start grow to three times the newest ones
            order = np.argsort((steps[2:] - steps[:-2]) / age) + 1
            gone = _apart(order[: max(count - len(dropped), 1)])
            dropped += [kept[place] for place in gone]
            kept = [place for number, place in enumerate(kept) if number not in gone]
        return dropped

    def _drop(self, places: Iterable[int]) -> None:
        gone = set(places)
        self.used -= sum(self._kept[place].nbytes for place in gone)
        self._kept = [checkpoint for place, checkpoint in enumerate(self._kept) if place not in gone]


def _apart(places: Array) -> set[int]:
    """Those of the places that have no neighbour among the ones before them: gaps double, they do not tear open."""
    chosen: set[int] = set()
    for place in map(int, places):
        if place - 1 not in chosen and place + 1 not in chosen:
            chosen.add(place)
    return chosen
