"""When a run steps, how fast it does, and how much of its time other things may take."""

import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

SLICE = 0.008  # seconds of stepping between two looks at the mail
RATE_SPAN = 1.0  # seconds over which steps a second are averaged
SLOWEST, FASTEST = 1e-9, 1e9  # steps a second; a rate above is no limit
LONGEST_WAIT = 60.0  # seconds between two looks at the clock, at however slow a rate
FIGURES_EVERY = 0.1  # seconds that a table's numbers stand while a run goes on

Told = TypeVar("Told")


class Pace:
    """Say when to step: how many steps are due now, and how long to wait when none is."""

    def __init__(self) -> None:
        self.running = False
        self._last: int | None = None
        self._rate: float | None = None
        self._origin = (0.0, 0)  # the time and step from which a rate is counted
        self._step_time = SLICE  # what a step takes, measured
        self._marks: deque[tuple[float, int]] = deque()

    @staticmethod
    def _checked(rate: float | None) -> float | None:
        """Take a rate beyond what can be reached as flat out. Raises ValueError where it is none."""
        if rate is not None and not rate > 0:
            raise ValueError(f"a rate must be above 0, not {rate}")
        return None if rate is None or rate > FASTEST else max(rate, SLOWEST)

    def start(self, step: int, last: int | None, rate: float | None) -> None:
        """Run from ``step`` to ``last``; at a rate, the first step is due at once."""
        rate = self._checked(rate)
        if not self.running:
            self._marks.clear()
            self.mark(step)
        self.running, self._last, self._rate = last is None or last > step, last, rate
        self._origin = (time.perf_counter() - (1 / rate if rate else 0), step)

    def set_rate(self, step: int, rate: float | None) -> None:
        self._rate, self._origin = self._checked(rate), (time.perf_counter(), step)

    def stop(self) -> None:
        self.running = False

    def due(self, step: int) -> int:
        """Return how many steps to take in one go now: those that fit a slice, or that the rate asks for."""
        if self._last is not None and step >= self._last:
            self.running = False
        if not self.running:
            return 0
        due = max(1, int(SLICE / max(self._step_time, 1e-7)))
        if self._rate is not None:
            due = min(due, self._wanted() - step)
        return due if self._last is None else min(due, self._last - step)

    def _wanted(self) -> int:
        """Return the step that a run at the rate would have reached; never so far behind that it must race."""
        assert self._rate is not None
        began, step = self._origin
        return step + int((time.perf_counter() - began) * self._rate)

    def took(self, steps: int, seconds: float) -> None:
        """Learn what a step takes: quickly when it got slower, gently when faster."""
        each = seconds / max(steps, 1)
        self._step_time = max(each, 0.5 * self._step_time + 0.5 * each)

    def pause(self, step: int) -> float | None:
        """Return how long to wait for mail at ``step``: no time while steps are due, forever when paused."""
        if not self.running:
            return None
        if self._rate is None:
            return 0
        began, first = self._origin
        next_due = began + (step + 1 - first) / self._rate
        return min(max(next_due - time.perf_counter(), 0), LONGEST_WAIT)

    def mark(self, step: int) -> None:
        """Remember where the run stands now, for its speed."""
        now = time.perf_counter()
        self._marks.append((now, step))
        while len(self._marks) > 2 and now - self._marks[0][0] > RATE_SPAN:
            self._marks.popleft()

    @property
    def steps_per_second(self) -> float:
        """Return the speed over the last second; 0 when paused."""
        if not self.running or len(self._marks) < 2:
            return 0.0
        (began, first), (now, last) = self._marks[0], self._marks[-1]
        return (last - first) / (now - began) if now > began else 0.0


class TimeBudget:
    """Keep what is done beside a run to a share of the time."""

    def __init__(self, share: float):
        self._share = share
        self._next = 0.0  # the time from which on it is due again

    @property
    def is_due(self) -> bool:
        return time.perf_counter() >= self._next

    def took(self, seconds: float) -> None:
        """Take down that it has just been done, and took so many ``seconds``."""
        self._next = time.perf_counter() + seconds * (1 / self._share - 1)


class Figures(Generic[Told]):
    """Keep numbers that change faster than anybody reads: while a run goes on they are computed some times a second."""

    def __init__(self) -> None:
        self._kept: tuple[object, Told] | None = None
        self._until = 0.0

    def of(self, key: object, running: bool, work_out: Callable[[], Told]) -> Told:
        """Return the numbers of before while ``key`` is the same and they are fresh; new ones when nothing runs."""
        now = time.perf_counter()
        if self._kept is None or not running or self._kept[0] != key or now >= self._until:
            self._kept, self._until = (key, work_out()), now + FIGURES_EVERY
        return self._kept[1]
