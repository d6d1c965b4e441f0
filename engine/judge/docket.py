"""The steps of a run that are to be judged, and what they were found to be.

In a run without a window each is judged at once; beside a window they wait for a moment in which nothing else is to
be done. A step is judged once: replays and seeks go by what was found.
"""

from bisect import bisect_right, insort
from collections import deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.lane.batches import Rows

from .footing import Footing
from .judge import Finding, Ruling, hearings, with_own_update
from .log_verdict import LogVerdict
from .own_update import OwnUpdates

MOST_WAITING = 256  # cases; of more the one that waits in the midst is given up: it stays screened


class Case(NamedTuple):
    """Name a step of an optimizer entry's pair that is to be judged; ``own`` judges own code in it, or a log.

    ``since``: the step after which the code ran that takes it.
    """

    step: int
    entry: int
    footing: Footing
    own: OwnUpdates | LogVerdict | None = None
    since: int = 0

    @property
    def rows(self) -> Rows:
        return self.footing.batches.rows(self.step)


class DocketKept(NamedTuple):
    """Hold what a docket knows of each entry: steps ``judged`` in order, ``findings`` by step, cases that wait.

    ``inherited``: the steps at which what was left to code told.
    """

    judged: dict[int, list[int]]
    findings: dict[int, dict[int, Finding]]
    waiting: tuple[Case, ...]
    inherited: Mapping[int, list[int]] = {}


class Docket:
    def __init__(self) -> None:
        self._waiting: deque[Case] = deque()
        self._known: set[tuple[int, int]] = set()  # entry and step of all that were ever put down
        self._judged: dict[int, list[int]] = {}  # of an entry, the steps in order
        self._findings: dict[int, dict[int, Finding]] = {}  # of an entry, by step
        self._inherited: dict[int, list[int]] = {}  # of an entry, the steps at which what was left to code told
        self._under_way: Iterator[None] | None = None
        self._at_hand: Case | None = None  # the one that is under way

    def __len__(self) -> int:
        return len(self._waiting) + (self._under_way is not None)

    def put(self, case: Case) -> None:
        """Put down a step, unless it is known, or one before it was found wrong that the same code took."""
        if (case.entry, case.step) in self._known or self.finding(case.entry, case.step, case.since) is not None:
            return
        self._known.add((case.entry, case.step))
        self._waiting.append(case)
        if len(self._waiting) > MOST_WAITING:
            del self._waiting[MOST_WAITING // 2]

    def finding(self, entry: int, step: int, since: int = 0) -> Finding | None:
        """Return the earliest finding after ``since``, up to ``step``."""
        found = [one for one in self._findings.get(entry, {}) if since < one <= step]
        return self._findings[entry][min(found)] if found else None

    def has_inherited(self, entry: int, step: int, since: int) -> bool:
        """Return whether code parted from torch, after ``since``, by what the code before had left to it alone."""
        return any(since < one <= step for one in self._inherited.get(entry, ()))

    def last_judged(self, entry: int, step: int) -> int:
        """Return the newest judged step up to ``step``; 0 where there is none."""
        judged = self._judged.get(entry, [])
        place = bisect_right(judged, step)
        return judged[place - 1] if place else 0

    def is_waiting(self, step: int) -> bool:
        """Tell whether a step up to this one is still to be judged."""
        return self._under_way is not None or any(case.step <= step for case in self._waiting)

    def work(self) -> bool:
        """Judge a stage of the next case; False when there is none."""
        if self._under_way is None:
            if not self._waiting:
                return False
            self._at_hand = self._waiting.popleft()
            self._under_way = self._judge(self._at_hand)
        if next(self._under_way, self) is self:
            self._under_way = self._at_hand = None
        return True

    def finish(self) -> None:
        """Judge all that waits."""
        while self.work():
            pass

    def truncate(self, step: int) -> None:
        """Forget what comes after ``step``: the run has another future there."""
        self._under_way = self._at_hand = None
        self._waiting = deque(case for case in self._waiting if case.step <= step)
        waiting = {(case.entry, case.step) for case in self._waiting}
        judged = {(entry, one) for entry, steps in self._judged.items() for one in steps if one <= step}
        self._known = waiting | judged
        self._judged = {entry: [one for one in steps if one <= step] for entry, steps in self._judged.items()}
        self._inherited = {entry: [one for one in steps if one <= step] for entry, steps in self._inherited.items()}
        self._findings = {
            entry: {one: found for one, found in by_step.items() if one <= step}
            for entry, by_step in self._findings.items()
        }

    def kept(self) -> DocketKept:
        """Return all that is known; what is being judged waits."""
        waiting = (*([] if self._at_hand is None else [self._at_hand]), *self._waiting)
        judged = {entry: list(steps) for entry, steps in self._judged.items()}
        inherited = {entry: list(steps) for entry, steps in self._inherited.items()}
        return DocketKept(judged, {entry: dict(found) for entry, found in self._findings.items()}, waiting, inherited)

    def restore(self, kept: DocketKept) -> None:
        """Take what an earlier run's docket knew in place of all else."""
        self._under_way = self._at_hand = None
        self._judged, self._findings, self._inherited = dict(kept.judged), dict(kept.findings), dict(kept.inherited)
        self._waiting = deque(kept.waiting)
        judged = {(entry, step) for entry, steps in kept.judged.items() for step in steps}
        self._known = judged | {(case.entry, case.step) for case in kept.waiting}

    def _judge(self, case: Case) -> Iterator[None]:
        if case.own is not None and not case.own.has(case.step):
            self._known.discard((case.entry, case.step))  # what is forgotten is taken again, and judged then
            return
        footing = case.footing
        if case.own is not None and case.own.judges_alone:
            ruling = Ruling(case.step, ())
        else:
            before = footing.judged_from(case.step)
            yield
            ruling = yield from hearings(footing.spec, case.entry, before, case.rows, case.step)
        if case.own is not None:
            yield
            ruling = with_own_update(ruling, case.own, case.since)
            if case.own.inherited:
                self._inherited.setdefault(case.entry, []).append(case.step)
        insort(self._judged.setdefault(case.entry, []), case.step)
        if ruling.finding is not None:
            self._findings.setdefault(case.entry, {})[ruling.step] = ruling.finding
