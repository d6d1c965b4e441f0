"""Going back and forth in a run a part at a time, so that whoever steps can look at the mail in between."""

from collections.abc import Callable, Generator

from .breakpoint_monitor import Hit
from .lockstep import Lockstep

SeekParts = Generator[None, None, Hit | None]  # ends at what was looked for, if anything was


def seeking(run: Lockstep, step: int) -> SeekParts:
    """Stand after the recorded step ``step``."""
    step = min(max(step, 0), run.newest)
    run.rewind(step)
    while run.step < step:
        run.replay(min(run.block, step - run.step))
        yield
    return None


def searching_back(run: Lockstep, step: int) -> SeekParts:
    """Stand before the last step before ``step`` that a breakpoint holds in; at the start where none does.

    The run between two checkpoints is taken again, the newest stretch first. Closed early, it stands anywhere.
    A stretch's first step is looked at once more at the end of the stretch before, where the step before it is known.
    """
    assert run.checkpoints is not None
    end = min(step - 1, run.newest)
    for begin in reversed(run.checkpoints.steps):
        if begin >= end:
            continue
        found: Hit | None = None
        for hit in run.look_through(begin, end, step):
            found = hit or found
            yield
        if found is not None:
            yield from seeking(run, found.step - 1)
            return found
        end = begin + 1
    yield from seeking(run, 0)
    return None


class Seeker:
    """Go the way in time that a run is asked to go. ``found`` is called where a search has led to a hit."""

    def __init__(self, found: Callable[[Hit, Lockstep], None]):
        self._found = found
        self._run: Lockstep | None = None
        self._parts: SeekParts | None = None
        self._return_to: int | None = None  # of a search that is given up: the step to return to

    @property
    def is_under_way(self) -> bool:
        return self._parts is not None

    def forget(self) -> None:
        """Forget the run: there is no such one any more."""
        self._run = self._parts = None

    def seek(self, run: Lockstep, step: int) -> None:
        assert run.monitor is not None
        run.monitor.stand(min(max(step, 0), run.newest))
        self._run, self._parts, self._return_to = run, seeking(run, step), None

    def search_back(self, run: Lockstep, step: int) -> None:
        self._run, self._parts, self._return_to = run, searching_back(run, step), run.step

    def go_on(self) -> None:
        """Go a part of the way; at its end, report what was searched for."""
        assert self._parts is not None
        try:
            next(self._parts)
        except StopIteration as end:
            self._parts = None
            if self._return_to is not None:
                self._end_search(end.value)

    def _end_search(self, hit: Hit | None) -> None:
        run = self._run
        assert run is not None
        assert run.monitor is not None
        self._return_to = None
        run.monitor.stand(run.step, 0 if hit is None else hit.step)
        if hit is not None:
            self._found(hit, run)

    def arrive(self) -> None:
        """Go to the end of the way, or back from a search, before anything else is done."""
        self.give_up_search()
        while self._parts is not None:
            self.go_on()

    def give_up_search(self) -> None:
        if self._parts is not None and self._return_to is not None and self._run is not None:
            self._parts.close()
            self._parts, self._return_to = seeking(self._run, self._return_to), None
