"""A script's run as it can be walked through afterwards: each line, what it made, and torch's value beside that.

Of each line it keeps the first times that it ran and the last. What is left out between, turns of a loop mostly, is one
event, which has made all that was made there.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Mapping, Sequence

from numpy import ndarray as Array

from engine.protocol import (
    Call,
    Function,
    Line,
    Recording,
    Source,
    Stage,
    Traced,
)

from .book import Found
from .kept import Kept
from .recorded_values import Made, Values, extent_of

FIRST, LAST = 8, 8  # times that a line ran which are kept
SMALL = 256  # numbers of a value that is kept as it is
LARGEST = 1 << 16  # numbers of a value that is kept while there is room
ROOM = 1 << 19  # numbers of all these


class _Called:
    """Hold a call; ``given`` are its arguments, and what it has made in lines that are left out."""

    __slots__ = ("caller", "first_line", "given", "last_line", "name")

    def __init__(self, name: str, first_line: int, last_line: int, caller: "_Event | None"):
        self.name, self.first_line, self.last_line, self.caller = name, first_line, last_line, caller
        self.given: dict[str, Made] = {}


class _Event:
    __slots__ = ("call", "line", "made", "number")

    def __init__(self, number: int, call: _Called, line: int):
        self.number, self.call, self.line = number, call, line
        self.made: dict[str, Made] = {}


class _Gap(_Event):
    """Stand for lines that are left out, from event ``number`` to ``last``, and for what they have made."""

    __slots__ = ("last",)

    def __init__(self, event: _Event):
        super().__init__(event.number, event.call, event.line)
        self.last = event.number
        self.made = event.made

    def take(self, event: "_Event | _Gap") -> None:
        """Take in what follows at once."""
        self.last = event.last if isinstance(event, _Gap) else event.number
        if event.call is self.call:
            self.made, self.line = self.made | event.made, event.line
        elif event.call.caller is None:
            self.call.given |= self.made
            self.call, self.made, self.line = event.call, event.made, event.line
        else:
            event.call.given |= event.made


class Recorder:
    """Keep lines as they run, and what they made: of each line the first times that it ran, and the last."""

    def __init__(self, file: str, text: str):
        self._file, self._text = file, text
        self._length = text.count("\n") + 1
        self._first: list[_Event] = []
        self._last: dict[int, deque[_Event]] = {}
        self._times: dict[int, int] = {}
        self._gaps_by_start: dict[int, _Gap] = {}
        self._gaps_by_end: dict[int, _Gap] = {}
        self._newest: _Event | None = None
        self._room = ROOM

    def call(self, name: str, first_line: int, last_line: int) -> _Called:
        """Keep a call, which the newest line has made."""
        if name == "<module>":
            return _Called(self._file.rpartition("/")[2], 1, self._length, None)
        return _Called(name, first_line, last_line, self._newest)

    def line(self, call: _Called, line: int) -> _Event:
        """Keep a line that is about to run."""
        number = 0 if self._newest is None else self._newest.number + 1
        event = self._newest = _Event(number, call, line)
        times = self._times[line] = self._times.get(line, 0) + 1
        if times <= FIRST:
            self._first.append(event)
            return event
        last = self._last.setdefault(line, deque())
        last.append(event)
        if len(last) > LAST:
            self._leave_out(last.popleft())
        return event

    def given(self, call: _Called, kept: Kept) -> None:
        """Keep an argument of a call."""
        call.given[kept.name] = self._held(kept)

    def made(self, event: _Event, kept: Kept) -> None:
        """Keep what an event's line has made."""
        event.made[kept.name] = self._held(kept)

    def _held(self, kept: Kept) -> Made:
        numbers: Array | None = kept.numbers
        extent = None
        if kept.numbers.size > SMALL:
            extent = extent_of(kept.numbers)
            has_room = kept.numbers.size <= min(LARGEST, self._room)
            self._room -= kept.numbers.size if has_room else 0
            numbers = kept.numbers if has_room else None
        shape = kept.numbers.shape
        return Made(kept.name, kept.place, kept.dtype, shape, kept.is_tensor, numbers, extent)

    def _leave_out(self, event: _Event) -> None:
        """Join an event to what is left out before and after it."""
        sizes = (0 if made.numbers is None else made.numbers.size for made in event.made.values())
        self._room += sum(size for size in sizes if size > SMALL)
        gap = self._gaps_by_end.pop(event.number - 1, None)
        if gap is None:
            gap = self._gaps_by_start[event.number] = _Gap(event)
        else:
            gap.take(event)
        after = self._gaps_by_start.pop(event.number + 1, None)
        if after is not None:
            self._gaps_by_end.pop(after.last)
            gap.take(after)
        self._gaps_by_end[gap.last] = gap

    # --- what is told of it ---------------------------------------------------------------------------

    def recording(self, partners: Mapping[int, Found], pairs: Sequence[Found]) -> Recording:
        """Return the run. ``partners`` are by the place of the own value, ``pairs`` those of the record."""
        last = [event for events in self._last.values() for event in events]
        events = sorted((*self._first, *last, *self._gaps_by_start.values()), key=lambda one: one.number)
        values = Values(partners)
        functions, calls, numbers = _told_calls(events, values)
        lines = tuple(
            Line(numbers[one.call], one.line, 0, tuple(values.binding(made) for made in one.made.values()), "")
            for one in events
        )
        made_at = {
            made.place: at
            for at, one in enumerate(events)
            for made in one.made.values()
            if not isinstance(one, _Gap)
        }  # fmt: skip
        stages = (Stage("script", 0, max(len(lines) - 1, 0), None, "equal"),)
        sources = (Source(self._file, self._text),)
        traced = Traced(0, 0, 0, sources, functions, calls, lines, tuple(values.told), stages)
        gaps = {at: one.last - one.number + 1 for at, one in enumerate(events) if isinstance(one, _Gap)}
        return Recording(traced, values.arrays, tuple(made_at.get(one.own.place) for one in pairs), gaps)


def _told_calls(
    events: Sequence[_Event], values: "Values"
) -> tuple[tuple[Function, ...], tuple[Call, ...], dict[_Called, int]]:
    """Return the functions and the calls that are of the events, and the calls' numbers."""
    starts = [event.number for event in events]
    spots: dict[tuple[str, int, int], int] = {}
    numbers: dict[_Called, int] = {}
    calls: list[Call] = []
    for called in dict.fromkeys(event.call for event in events):
        spot = called.name, called.first_line, called.last_line
        caller = None if called.caller is None else bisect_right(starts, called.caller.number) - 1
        arguments = tuple(values.binding(made) for made in called.given.values())
        numbers[called] = len(calls)
        calls.append(Call(spots.setdefault(spot, len(spots)), caller, None, None, arguments))
    return tuple(Function(0, *spot, ()) for spot in spots), tuple(calls), numbers
