"""A script's run as it can be walked through afterwards: each line, what it made, and torch's value beside that.

It keeps the first lines and the last ones of a long run; what lies between is one event, which has made all that was
made there.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.protocol import (
    Binding,
    Call,
    Distance,
    Function,
    Line,
    Recording,
    Source,
    Stage,
    StageVerdict,
    Traced,
    Value,
    ValueArrays,
)

from .book import Found
from .compared import Verdict
from .kept import Kept

FIRST, LAST = 1_000, 1_000  # lines that are kept of a long run
FEW = 6  # elements that stand for all
SMALL = 256  # numbers of a value that is kept as it is
LARGEST = 1 << 16  # numbers of a value that is kept while there is room
ROOM = 1 << 19  # numbers of all these
VERDICTS: dict[Verdict, StageVerdict] = {"identical": "equal", "rounding": "rounding", "different": "departs"}


class _Extent(NamedTuple):
    low: float | None
    mean: float | None
    high: float | None
    first: tuple[float, ...]


class _Made(NamedTuple):
    """Hold what a line made: ``numbers`` where they are kept, else only their ``extent``."""

    name: str
    place: int
    dtype: str
    shape: tuple[int, ...]
    is_tensor: bool
    numbers: Array | None
    extent: _Extent | None


class _Called(NamedTuple):
    name: str
    first_line: int
    last_line: int
    caller: int | None


class _Event:
    __slots__ = ("call", "line", "made")

    def __init__(self, call: int, line: int):
        self.call, self.line = call, line
        self.made: dict[str, _Made] = {}


class Recorder:
    """Keep lines as they run, and what they made."""

    def __init__(self, file: str, text: str):
        self._file, self._text = file, text
        self._length = text.count("\n") + 1
        self._calls: list[_Called] = []
        self._first: list[_Event] = []
        self._last: deque[_Event] = deque()
        self._gap: _Event | None = None
        self._gone: dict[int, dict[str, _Made]] = {}  # what calls were given, and have made in the gap
        self._count = 0
        self._room = ROOM

    @property
    def newest(self) -> int | None:
        """Return the number of the event under way."""
        return self._count - 1 if self._count else None

    def call(self, name: str, first_line: int, last_line: int) -> int:
        """Keep a call and return its number."""
        if name == "<module>":
            name, first_line, last_line = self._file.rpartition("/")[2], 1, self._length
        self._calls.append(_Called(name, first_line, last_line, self.newest if self._calls else None))
        return len(self._calls) - 1

    def line(self, call: int, line: int) -> _Event:
        """Keep a line that is about to run."""
        event = _Event(call, line)
        self._count += 1
        if len(self._first) < FIRST:
            self._first.append(event)
            return event
        self._last.append(event)
        if len(self._last) > LAST:
            self._forget(self._last.popleft())
        return event

    def given(self, call: int, kept: Kept) -> None:
        """Keep an argument of a call."""
        self._gone.setdefault(call, {})[kept.name] = self._held(kept)

    def made(self, event: _Event, kept: Kept) -> None:
        """Keep what an event's line has made."""
        event.made[kept.name] = self._held(kept)

    def _held(self, kept: Kept) -> _Made:
        numbers: Array | None = kept.numbers
        extent = None
        if kept.numbers.size > SMALL:
            extent = _extent(kept.numbers)
            has_room = kept.numbers.size <= min(LARGEST, self._room)
            self._room -= kept.numbers.size if has_room else 0
            numbers = kept.numbers if has_room else None
        shape = kept.numbers.shape
        return _Made(kept.name, kept.place, kept.dtype, shape, kept.is_tensor, numbers, extent)

    def _forget(self, event: _Event) -> None:
        sizes = (0 if made.numbers is None else made.numbers.size for made in event.made.values())
        self._room += sum(size for size in sizes if size > SMALL)
        self._gone.setdefault(event.call, {}).update(event.made)
        if self._gap is None or not event.call:
            self._gap = _Event(0, event.line)

    # --- what is told of it ---------------------------------------------------------------------------

    def recording(self, partners: Mapping[int, Found], pairs: Sequence[Found]) -> Recording:
        """Return the run. ``partners`` are by the place of the own value, ``pairs`` those of the record."""
        events = [*self._first, *([self._gap] if self._gap else []), *self._last]
        if self._gap is not None:
            self._gap.made = self._gone.get(0, {})
        values = _Values(partners)
        lines = tuple(
            Line(one.call, one.line, 0, tuple(values.binding(made) for made in one.made.values()), "") for one in events
        )
        made_at = {made.place: at for at, one in enumerate(events) for made in one.made.values()}
        sources = (Source(self._file, self._text),)
        functions, calls = self._told_calls(values)
        stages = (Stage("script", 0, max(len(lines) - 1, 0), None, "equal"),)
        traced = Traced(0, 0, 0, sources, functions, calls, lines, tuple(values.told), stages)
        left_out = self._count - len(self._first) - len(self._last)
        gap = len(self._first) if self._gap is not None else None
        return Recording(traced, values.arrays, tuple(made_at.get(one.own.place) for one in pairs), left_out, gap)

    def _told_calls(self, values: "_Values") -> tuple[tuple[Function, ...], tuple[Call, ...]]:
        numbers: dict[tuple[str, int, int], int] = {}
        functions: list[Function] = []
        calls: list[Call] = []
        for number, one in enumerate(self._calls):
            spot = one[:3]
            if spot not in numbers:
                numbers[spot] = len(functions)
                functions.append(Function(0, *spot, ()))
            caller = None if one.caller is None else self._kept_number(one.caller)
            gone = self._gone.get(number, {}) if number else {}
            arguments = tuple(values.binding(made) for made in gone.values())
            calls.append(Call(numbers[spot], caller, None, None, arguments))
        return tuple(functions), tuple(calls)

    def _kept_number(self, number: int) -> int:
        """Return which of the events told is the one that was noted as ``number``."""
        if number < len(self._first):
            return number
        gone = self._count - len(self._first) - len(self._last)
        if number < len(self._first) + gone:
            return len(self._first)
        return number - gone + (self._gap is not None)


class _Values:
    """Number the values, and tell of each."""

    def __init__(self, partners: Mapping[int, Found]):
        self._partners = partners
        self._numbers: dict[int, int] = {}
        self.told: list[Value] = []
        self.arrays: dict[int, ValueArrays] = {}

    def binding(self, made: _Made) -> Binding:
        if made.place not in self._numbers:
            number = self._numbers[made.place] = len(self.told)
            found = self._partners.get(made.place)
            self.told.append(_told(made, found))
            if arrays := _arrays(made, found):
                self.arrays[number] = arrays
        return Binding(made.name, self._numbers[made.place])


def _told(made: _Made, found: Found | None) -> Value:
    extent = made.extent or _extent(made.numbers if made.numbers is not None else np.empty(0))
    about = (made.dtype, made.shape, *extent[:3])
    if found is None and made.is_tensor:
        return Value("", *about, (), made.name, extent.first, None, None)
    if found is None:
        return Value("", *about, extent.first, None, (), None, "unpaired")
    twin, reference = found.pair.reference.text, _as_own(found, made.shape)
    first = _first(reference if reference is not None else found.reference.numbers)
    distance = _distance(made, reference, found)
    return Value("", *about, extent.first, twin, first, distance, VERDICTS[found.came_to.verdict])


def _as_own(found: Found, shape: tuple[int, ...]) -> Array | None:
    """Return torch's numbers laid out as the own value has them; None where they cannot be."""
    numbers = found.reference.numbers
    if found.pair.may_lie and numbers.ndim == 2 and numbers.T.shape == shape:
        return numbers.T
    if numbers.shape == shape:
        return numbers
    plain = [size for size in shape if size != 1]
    return numbers.reshape(shape) if plain == [size for size in numbers.shape if size != 1] else None


def _distance(made: _Made, reference: Array | None, found: Found) -> Distance | None:
    name = found.pair.own.text
    if reference is None or made.numbers is None or not made.numbers.size:
        came_to = found.came_to
        apart = abs(came_to.own - came_to.reference)
        return Distance(apart, apart, np.inf, name, came_to.index, np.inf)
    own, torch = made.numbers.astype(np.float64), reference.astype(np.float64)
    with np.errstate(all="ignore"):
        apart = np.where((own == torch) | (np.isnan(own) & np.isnan(torch)), 0.0, np.abs(own - torch))
        apart = np.where(np.isnan(apart), np.inf, apart)
        relative = np.where(apart == 0, 0.0, apart / np.abs(torch))
    ulps = _ulps(made.numbers, reference)
    flat = int(np.argmax(apart))
    index = tuple(int(one) for one in np.unravel_index(flat, apart.shape))
    return Distance(
        float(apart.flat[flat]), float(relative.max()), float(ulps.max()), name, index, float(ulps.flat[flat])
    )


def _arrays(made: _Made, found: Found | None) -> ValueArrays | None:
    """Return both sides as matrices, where the value is one and was kept."""
    if made.numbers is None or not 1 <= made.numbers.ndim <= 2 or not made.numbers.size:
        return None
    matrix = np.atleast_2d(_wide(made.numbers))
    if found is None:
        return ValueArrays(None, matrix, None) if made.is_tensor else ValueArrays(matrix, None, None)
    reference = _as_own(found, made.shape)
    if reference is None:
        return ValueArrays(matrix, None, None)
    torch = np.atleast_2d(_wide(reference))
    if torch.dtype != matrix.dtype:
        matrix, torch = matrix.astype(np.float64), torch.astype(np.float64)
    return ValueArrays(matrix, torch, _ulps(matrix, torch))


def _ulps(own: Array, torch: Array) -> Array:
    """Return how many units in the last place of torch's value lie between, as float64."""
    kind = np.float32 if own.dtype == torch.dtype == np.float32 else np.float64
    one, other = own.astype(kind), torch.astype(kind)
    with np.errstate(all="ignore"):
        apart = np.abs(one - other) / np.spacing(np.abs(other))
    return np.where((one == other) | (np.isnan(one) & np.isnan(other)), 0.0, np.where(np.isnan(apart), np.inf, apart))


def _wide(numbers: Array) -> Array:
    return numbers if numbers.dtype == np.float32 else numbers.astype(np.float64)


def _extent(numbers: Array) -> _Extent:
    if not numbers.size:
        return _Extent(None, None, None, ())
    with np.errstate(all="ignore"):
        mean = float(numbers.mean(dtype=np.float64))
    return _Extent(float(numbers.min()), mean, float(numbers.max()), _first(numbers))


def _first(numbers: Array) -> tuple[float, ...]:
    return tuple(float(one) for one in numbers.ravel()[:FEW])
